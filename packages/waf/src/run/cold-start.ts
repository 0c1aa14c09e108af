import type { RegexSet } from '../regex/index.ts';

/** How many budgets a program's first runs may together take beyond theirs. */
const ALLOWANCE = 20;

/**
 * What is done for the first runs of a program. Its automata are built by the first one, before its time counts: they
 * take tens of milliseconds, which a process that is starting has better use for. From then on they learn states, and
 * the runtime compiles what runs often; so that the first requests are looked at whole nevertheless, they may exceed the
 * time budget, all together by no more than an allowance. Times are in microseconds.
 */
export class ColdStart {
  readonly #sets: readonly RegexSet[];
  #built = false;
  #spent = 0;

  constructor(sets: readonly RegexSet[]) {
    this.#sets = sets;
  }

  /** Call before a run. Returns whether anything had to be done. */
  prepare(): boolean {
    if (this.#built) return false;
    for (const set of this.#sets) set.prepare();
    this.#built = true;
    return true;
  }

  /** How long a run may take beyond its budget. */
  allowance(budget: number): number {
    return Math.max(0, ALLOWANCE * budget - this.#spent);
  }

  /** Call after a run that took so long beyond its budget. */
  spend(time: number): void {
    if (time > 0) this.#spent += time;
  }
}
