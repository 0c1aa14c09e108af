/** What a search finds. One serves for many searches, since typed arrays are dear to allocate. */
export class Findings {
  /** The patterns that match, in no order, in the first `count` places. */
  readonly patterns: Int32Array;
  count = 0;
  /**
   * Bits. From `SYMBOL_BITS` on, the marks of all characters read; below, the patterns from number `size` on, which are
   * not listed: they are there for someone to know whether they match, and match often.
   */
  signs = 0;
  /** Whether the search was ended before the input was. */
  interrupted = false;
  /** Whether the search was given up, so that there may be more patterns and signs than there are here. */
  unfinished = false;
  readonly #flags: Uint8Array;

  constructor(size: number) {
    this.patterns = new Int32Array(size);
    this.#flags = new Uint8Array(size);
  }

  add(pattern: number): void {
    if (pattern >= this.patterns.length) {
      this.signs |= 1 << (pattern - this.patterns.length);
    } else if (this.#flags[pattern] === 0) {
      this.#flags[pattern] = 1;
      this.patterns[this.count++] = pattern;
    }
  }

  has(pattern: number): boolean {
    return this.#flags[pattern] === 1;
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.#flags[this.patterns[i]!] = 0;
    this.count = 0;
    this.signs = 0;
    this.interrupted = false;
    this.unfinished = false;
  }
}
