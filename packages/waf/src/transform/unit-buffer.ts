/** `String.fromCharCode` takes so many arguments in any runtime. */
const CHUNK = 4096;

/** A text that is put together unit by unit, for transformers that change many: strings that grow are dear. */
export class UnitBuffer {
  size = 0;
  #units: Uint16Array;

  /** `expected` units need no more room to be made. */
  constructor(expected: number) {
    this.#units = new Uint16Array(Math.max(16, expected));
  }

  push(unit: number): void {
    if (this.size === this.#units.length) this.#grow();
    this.#units[this.size++] = unit;
  }

  /** Adds the ASCII characters of a text from `from` on, up to one that isn't; returns its offset. */
  pushAscii(text: string, from: number): number {
    if (this.size + text.length - from > this.#units.length) this.#grow(text.length - from);
    const units = this.#units;
    let { size } = this;
    let i = from;
    for (; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) break;
      units[size++] = unit;
    }
    this.size = size;
    return i;
  }

  /** Takes back units from the end, until one that is `unit`, which goes too, or until there are none. */
  popThrough(unit: number): void {
    while (this.size > 0 && this.#units[--this.size] !== unit) {}
  }

  toString(): string {
    let text = '';
    for (let i = 0; i < this.size; i += CHUNK) {
      const chunk = this.#units.subarray(i, Math.min(i + CHUNK, this.size));
      // Spreading would go through an iterator, which takes ten times as long.
      text += Reflect.apply(String.fromCharCode, undefined, chunk);
    }
    return text;
  }

  #grow(more = 0): void {
    const grown = new Uint16Array(2 * this.#units.length + more);
    grown.set(this.#units);
    this.#units = grown;
  }
}
