import { REGEX_SET_LIMITS, type RegexSet, regexSetOf } from '../regex/index.ts';
import type { SetSource } from './set-builder.ts';

/**
 * Sets by what they look for: an update that only changes a list of blocked addresses needs no expression compiled
 * again, and keeps what the automata have learnt. `cacheBytes` is what each set may learn.
 */
export function regexSetCache(cacheBytes: number) {
  const limits = { ...REGEX_SET_LIMITS, cacheBytes };
  let current = new Map<string, RegexSet>();
  let previous = current;
  return {
    /** Call before each program; sets that the last one didn't use are let go. */
    beginProgram(): void {
      previous = current;
      current = new Map();
    },

    compile({ key, size, signs, trees, alone }: SetSource): RegexSet {
      const set = current.get(key) ?? previous.get(key) ?? regexSetOf(size, trees, { signs, alone, limits });
      current.set(key, set);
      return set;
    },
  };
}
