/** Reading a clock costs more than most steps of a run, so it is read once in this many units of work. */
const WORK_PER_READING = 16;

/** A point in time by which a run should be over. Asked often, it reads the clock seldom; once over it stays over. */
export class Deadline {
  readonly #clock: () => number;
  #end: number;
  #work = 0;
  #expired = false;

  /** `end` is on the clock's scale: milliseconds. */
  constructor(clock: () => number, end: number) {
    this.#clock = clock;
    this.#end = end;
  }

  /** `work` is what is about to be done until the next question: 1 for a small step. */
  expired(work = 1): boolean {
    if (this.#work < WORK_PER_READING) {
      this.#work += work;
      return this.#expired;
    }
    this.#work = work;
    return this.expiredNow();
  }

  /** As `expired`, but reads the clock for certain. */
  expiredNow(): boolean {
    this.#expired ||= this.#clock() >= this.#end;
    return this.#expired;
  }

  /** Does something that the time is not meant for, and grants as much again. */
  exempt(work: () => void): void {
    const start = this.#clock();
    work();
    this.#end += this.#clock() - start;
  }

  /** Whether it has been found to be over, without looking again. */
  get hasExpired(): boolean {
    return this.#expired;
  }
}

/**
 * The host's clock, so that it never throws: where it does or gives no finite number, `otherwise` tells the time, from
 * the clock's last good reading.
 */
export function guardClock(clock: () => number, otherwise: (last: number) => number): () => number {
  let last = 0;
  return () => {
    try {
      const time = Number(clock());
      if (Number.isFinite(time)) {
        last = time;
        return time;
      }
    } catch {}
    return otherwise(last);
  };
}

/** For what must be evaluated whatever it takes, within the limits on the input. */
export const NO_DEADLINE: Pick<Deadline, 'expired' | 'expiredNow'> = {
  expired: () => false,
  expiredNow: () => false,
};
