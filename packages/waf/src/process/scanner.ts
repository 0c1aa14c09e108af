import type { Matcher } from '../match/matcher.ts';
import { regexSetOf } from '../regex/index.ts';
import type { Scanner } from '../ruleset/specification.ts';

/** What strings are, by what is in them and under which key they come. */
export interface ScannerTable {
  /** Whether it is of just these. */
  isOf(scanners: readonly Scanner[]): boolean;
  /** Whether everything is compiled. */
  isPrepared(): boolean;
  /** Compiles everything, which takes some ten milliseconds. */
  prepare(): void;
  /** The tags of the first scanner among `allowed`, indices in ascending order, whose key and value both match. */
  classify(allowed: readonly number[], key: string, value: string): Record<string, string> | undefined;
}

/**
 * Nothing is compiled before something is to be classified: most processes never extract a schema.
 */
export function scannerTable(scanners: readonly Scanner[]): ScannerTable {
  let compiled: { keys: MatcherSet; values: MatcherSet } | undefined;
  const prepared = () => {
    compiled ??= {
      keys: matcherSet(scanners.map(({ key }) => key?.())),
      values: matcherSet(scanners.map(({ value }) => value?.())),
    };
    return compiled;
  };
  return {
    isOf: (others) =>
      others.length === scanners.length && others.every((other, index) => other === scanners[index]),
    isPrepared: () => compiled !== undefined,
    prepare: prepared,
    classify(allowed, key, value) {
      const { keys, values } = prepared();
      keys.scan(key);
      let scanned = false;
      for (const index of allowed) {
        if (!keys.mayMatch(index)) continue;
        if (!scanned) values.scan(value);
        scanned = true;
        if (values.mayMatch(index) && keys.matches(index) && values.matches(index)) {
          const { tags } = scanners[index]!;
          return tags.size === 0 ? undefined : Object.fromEntries(tags);
        }
      }
      return undefined;
    },
  };
}

type MatcherSet = ReturnType<typeof matcherSet>;

/** Matchers of one text, of which those that are regular look at it together. Where there is none, anything matches. */
function matcherSet(matchers: readonly (Matcher | undefined)[]) {
  const trees = new Map<string, Matcher['search']>();
  for (const matcher of matchers) if (matcher?.search) trees.set(matcher.search.key, matcher.search);
  const keys = [...trees.keys()];
  /** By matcher, its pattern in the set, or -1. */
  const patterns = matchers.map((matcher) => (matcher?.search ? keys.indexOf(matcher.search.key) : -1));
  const set = regexSetOf(keys.length, () => [...trees.values()].map((search) => search!.tree(false)));
  let text = '';
  set.prepare();
  return {
    scan(scanned: string): void {
      text = scanned;
      set.scan(text);
    },
    /** Whether the text last scanned has what this matcher looks for. */
    mayMatch: (index: number): boolean => patterns[index]! < 0 || set.found.has(patterns[index]!),
    matches(index: number): boolean {
      const matcher = matchers[index];
      if (!matcher) return true;
      return matcher.accepts === 'string' && text !== '' && matcher.match(text) !== undefined;
    },
  };
}
