/**
 * Random choices that a seed decides, so that an input can be made again: xorshift128, seeded by the steps of a
 * Weyl sequence.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** Streams of the same seed have nothing to do with each other. Both are whole numbers below 2³². */
  constructor(seed: number, stream = 0) {
    const mix = (step: number) => {
      let word = (Math.imul(seed, 0x2545f491) ^ Math.imul(stream + 1, 0x9e3779b1)) | 0;
      word = (word + Math.imul(step, 0x9e3779b9)) | 0;
      word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
      return word ^ (word >>> 15);
    };
    this.#a = mix(1);
    this.#b = mix(2);
    this.#c = mix(3);
    this.#d = mix(4) | 1;
  }

  /** An integer from 0 up to, not including, 2³². */
  word(): number {
    let t = this.#d;
    this.#d = this.#c;
    this.#c = this.#b;
    this.#b = this.#a;
    t ^= t << 11;
    t ^= t >>> 8;
    this.#a = t ^ this.#b ^ (this.#b >>> 19);
    return this.#a >>> 0;
  }

  /** An integer from 0 up to, not including, `end`. */
  below(end: number): number {
    return this.word() % end;
  }

  /** True in one of `times` cases. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** Between `min` and `max` items, both included. */
  list<T>(min: number, max: number, item: () => T): T[] {
    return Array.from({ length: min + this.below(max - min + 1) }, item);
  }

  /** Each with a chance of one in `times`. */
  some<T>(items: readonly T[], times: number): T[] {
    return items.filter(() => this.oneIn(times));
  }
}
