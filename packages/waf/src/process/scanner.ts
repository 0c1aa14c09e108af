import type { Matcher } from '../match/matcher.ts';
import { type RegexSet, regexSetOf } from '../regex/index.ts';
import type { Scanner } from '../ruleset/specification.ts';

/**
 * What strings are, by what is in them and under which key they come. Nothing is compiled before something is to be
 * classified: most processes never extract a schema.
 */
export class ScannerTable {
  readonly #scanners: readonly Scanner[];
  #compiled:
    | { keys: MatcherSet; values: MatcherSet; tags: readonly (Record<string, string> | undefined)[] }
    | undefined;

  constructor(scanners: readonly Scanner[]) {
    this.#scanners = scanners;
  }

  /** Whether it is of just these. */
  isOf(scanners: readonly Scanner[]): boolean {
    return (
      scanners.length === this.#scanners.length &&
      scanners.every((one, index) => one === this.#scanners[index])
    );
  }

  /** Whether everything is compiled. */
  get isPrepared(): boolean {
    return this.#compiled !== undefined;
  }

  /** Compiles everything, which takes some ten milliseconds. */
  prepare(): void {
    this.#compiled ??= {
      keys: new MatcherSet(this.#scanners.map(({ key }) => key?.())),
      values: new MatcherSet(this.#scanners.map(({ value }) => value?.())),
      tags: this.#scanners.map(({ tags }) => (tags.size === 0 ? undefined : Object.fromEntries(tags))),
    };
  }

  /** The tags of the first scanner among `allowed`, indices in ascending order, whose key and value both match. */
  classify(allowed: readonly number[], key: string, value: string): Record<string, string> | undefined {
    this.prepare();
    const { keys, values, tags } = this.#compiled!;
    keys.scan(key);
    let scanned = false;
    for (const index of allowed) {
      if (!keys.mayMatch(index)) continue;
      if (!scanned) values.scan(value);
      scanned = true;
      if (values.mayMatch(index) && keys.matches(index) && values.matches(index)) return tags[index];
    }
    return undefined;
  }
}

/** Matchers of one text, of which those that are regular look at it together. Where there is none, anything matches. */
class MatcherSet {
  readonly #matchers: readonly (Matcher | undefined)[];
  /** By matcher, its pattern in the set, or -1. */
  readonly #patterns: readonly number[];
  readonly #set: RegexSet;
  #text = '';

  constructor(matchers: readonly (Matcher | undefined)[]) {
    const trees = new Map<string, Matcher['search']>();
    for (const matcher of matchers) if (matcher?.search) trees.set(matcher.search.key, matcher.search);
    const keys = [...trees.keys()];
    this.#matchers = matchers;
    this.#patterns = matchers.map((matcher) => (matcher?.search ? keys.indexOf(matcher.search.key) : -1));
    this.#set = regexSetOf(keys.length, () => [...trees.values()].map((search) => search!.tree(false)));
    this.#set.prepare();
  }

  scan(text: string): void {
    this.#text = text;
    this.#set.scan(text);
  }

  /** Whether the text last scanned has what this matcher looks for. */
  mayMatch(index: number): boolean {
    const pattern = this.#patterns[index]!;
    return pattern < 0 || this.#set.found.has(pattern);
  }

  matches(index: number): boolean {
    const matcher = this.#matchers[index];
    if (!matcher) return true;
    return matcher.accepts === 'string' && this.#text !== '' && matcher.match(this.#text) !== undefined;
  }
}
