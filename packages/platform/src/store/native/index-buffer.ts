const CAPACITY = 4096;

/** Numbers below 2^32, in an array that grows. */
export class IndexBuffer {
  #items = new Uint32Array(CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#items[index]!;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const grown = new Uint32Array(2 * this.#length);
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.#length++] = value;
  }

  /** Keeps the first `length` numbers, or all where there are fewer. */
  truncate(length: number): void {
    if (length < this.#length) this.#length = length;
  }
}
