/** Every resource that a pattern or a search can take, by name. All are upper bounds, inclusive. */
export interface RegexLimits {
  /** Groups inside groups. Default 250. Compiling recurses a few calls for each, so much more overflows the stack. */
  nestingDepth: number;
  /** The largest n or m of `{n,m}`. Default 1000, as in RE2. */
  repetitionCount: number;
  /** Instructions that one pattern may compile to. Default 20000, near what RE2 grants in 512 KiB. */
  instructionsPerPattern: number;
  /** States that the lazy DFA keeps before it clears its cache. */
  cacheStates: number;
  /** Bytes that the lazy DFA's states may take before it clears its cache. */
  cacheBytes: number;
  /** States that one search may add to the cache while it advances less than ten units for each. Default 500; 100 in sets. */
  statesPerSearch: number;
}

/** For one pattern: rulesets hold hundreds, and a caller who wants to fill them all must not exhaust the process. */
export const REGEX_LIMITS: Readonly<RegexLimits> = {
  nestingDepth: 250,
  repetitionCount: 1000,
  instructionsPerPattern: 20_000,
  cacheStates: 2_000,
  cacheBytes: 64 * 1024,
  statesPerSearch: 500,
};

/** For a set of patterns, which shares one cache among all of them. */
export const REGEX_SET_LIMITS: Readonly<RegexLimits> = {
  ...REGEX_LIMITS,
  cacheStates: 20_000,
  cacheBytes: 16 * 1024 * 1024,
  statesPerSearch: 100,
};
