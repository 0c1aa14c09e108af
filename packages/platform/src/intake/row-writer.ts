const INITIAL_CAPACITY = 256 * 1024;
const MAX_SHORT = 64;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPED = /["\\\u0000-\u001f]/;
const ALL_ESCAPED = /["\\\u0000-\u001f]/g;

/**
 * JSON text, written into one growing buffer on the request path: no object and no string for a row, and no copy
 * afterwards. The caller sees to it that what it writes is JSON.
 */
export class RowWriter {
  #buffer = Buffer.allocUnsafeSlow(INITIAL_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** What was written; valid until the next write or `truncate`. */
  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#size);
  }

  /** Takes back what was written after `size` bytes. */
  truncate(size: number): void {
    this.#size = size;
  }

  /** Text as it is; ASCII only. */
  raw(text: string): void {
    const length = text.length;
    this.#reserve(length);
    const buffer = this.#buffer;
    let at = this.#size;
    for (let i = 0; i < length; i++) buffer[at++] = text.charCodeAt(i);
    this.#size = at;
  }

  /** Bytes as they are. */
  copy(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** A JSON string. A lone surrogate becomes U+FFFD. */
  string(value: string): void {
    if (value.length > MAX_SHORT || !this.#shortPlain(value)) this.#anyString(value);
  }

  /** Most strings are short and ASCII; a loop writes those faster than a call out of JavaScript. */
  #shortPlain(value: string): boolean {
    const length = value.length;
    this.#reserve(length + 2);
    const buffer = this.#buffer;
    let at = this.#size;
    buffer[at++] = QUOTE;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) return false;
      buffer[at++] = code;
    }
    buffer[at++] = QUOTE;
    this.#size = at;
    return true;
  }

  #anyString(value: string): void {
    const text = ESCAPED.test(value) ? value.replace(ALL_ESCAPED, escapeSequence) : value;
    this.#reserve(3 * text.length + 2);
    this.#buffer[this.#size++] = QUOTE;
    this.#size += this.#buffer.write(text, this.#size, 'utf8');
    this.#buffer[this.#size++] = QUOTE;
  }

  #reserve(length: number): void {
    if (this.#size + length <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.#size + length));
    this.#buffer.copy(grown, 0, 0, this.#size);
    this.#buffer = grown;
  }
}

function escapeSequence(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
