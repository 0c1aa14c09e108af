import { BoundedMap } from './bounded-map.ts';

export interface RateLimit {
  /** How many at once. */
  burst: number;
  /** Milliseconds until one more. */
  interval: number;
}

interface Bucket {
  left: number;
  /** Milliseconds since the epoch, when `left` was right. */
  at: number;
}

/** Keys that are remembered; beyond, the one longest unused is forgotten, so that memory is bounded. */
const MAX_KEYS = 10_000;

/** A token bucket for each key. */
export class RateLimiter {
  readonly #buckets = new BoundedMap<string, Bucket>(MAX_KEYS);
  readonly #limit: RateLimit;

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Takes one from the key's bucket. Returns 0, or, if it is empty, the milliseconds until it isn't. */
  take(key: string, now: number): number {
    const { burst, interval } = this.#limit;
    const bucket = this.#buckets.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, bucket.left + (now - bucket.at) / interval);
    this.#buckets.set(key, { left: left < 1 ? left : left - 1, at: now });
    return left < 1 ? Math.ceil((1 - left) * interval) : 0;
  }

  /** Fills the key's bucket again. */
  reset(key: string): void {
    this.#buckets.delete(key);
  }
}
