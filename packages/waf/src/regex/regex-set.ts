import { FoundPatterns, LazyDfa } from './dfa/lazy-dfa.ts';
import { REGEX_SET_LIMITS, type RegexLimits } from './limits.ts';
import { compileProgram } from './nfa/compile.ts';
import { checkSize } from './nfa/size.ts';
import { parse } from './syntax/parse.ts';

export interface RegexSetPattern {
  pattern: string;
  /** Default true. */
  caseSensitive?: boolean;
}

/** Patterns compiled into one automaton, which reads an input once for all of them. */
export interface RegexSet {
  /** Indices of the patterns that match anywhere in the input, ascending. */
  matches(input: string): number[];
}

/** Limits default to `REGEX_SET_LIMITS`. Throws `RegexSyntaxError` for the first pattern that does not compile. */
export function compileRegexSet(
  patterns: readonly RegexSetPattern[],
  limits: Partial<RegexLimits> = {},
): RegexSet {
  const allLimits = { ...REGEX_SET_LIMITS, ...limits };
  const roots = patterns.map(({ pattern, caseSensitive = true }) => {
    const root = parse(pattern, { ...allLimits, caseSensitive });
    checkSize(pattern, root, allLimits.instructionsPerPattern);
    return root;
  });
  const dfa = new LazyDfa(compileProgram(roots), allLimits);
  const found = new FoundPatterns(patterns.length);
  return {
    matches(input) {
      dfa.collect(input, found);
      return found.take();
    },
  };
}
