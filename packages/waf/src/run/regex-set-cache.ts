import { REGEX_SET_LIMITS, type RegexLimits, type RegexSet, regexSetOf } from '../regex/index.ts';
import type { SetSource } from './set-builder.ts';

/**
 * Sets by what they look for: an update that only changes a list of blocked addresses needs no expression compiled
 * again, and keeps what the automata have learnt.
 */
export class RegexSetCache {
  #current = new Map<string, RegexSet>();
  #previous = new Map<string, RegexSet>();
  readonly #limits: RegexLimits;

  /** `cacheBytes` is what each set may learn. */
  constructor(cacheBytes: number) {
    this.#limits = { ...REGEX_SET_LIMITS, cacheBytes };
  }

  /** Call before each program; sets that the last one didn't use are let go. */
  beginProgram(): void {
    this.#previous = this.#current;
    this.#current = new Map();
  }

  compile({ key, size, signs, trees, alone }: SetSource): RegexSet {
    const set =
      this.#current.get(key) ??
      this.#previous.get(key) ??
      regexSetOf(size, trees, { signs, alone, limits: this.#limits });
    this.#current.set(key, set);
    return set;
  }
}
