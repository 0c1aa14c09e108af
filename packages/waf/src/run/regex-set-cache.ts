import { compileRegexSet, type RegexSet, type RegexSetPattern } from '../regex/index.ts';

/**
 * Compiled sets by their expressions: an update that only changes a list of blocked addresses needs no expression
 * compiled again, and keeps what the automata have learnt.
 */
export class RegexSetCache {
  #current = new Map<string, RegexSet>();
  #previous = new Map<string, RegexSet>();

  /** Call before each program; sets that the last one didn't use are let go. */
  beginProgram(): void {
    this.#previous = this.#current;
    this.#current = new Map();
  }

  compile(patterns: readonly RegexSetPattern[]): RegexSet {
    const list = patterns.map(({ pattern, caseSensitive }) => ({ pattern, caseSensitive }));
    const key = JSON.stringify(list);
    const set = this.#current.get(key) ?? this.#previous.get(key) ?? compileRegexSet(list);
    this.#current.set(key, set);
    return set;
  }
}
