const MAX_SHORT = 64;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPED = /["\\\u0000-\u001f]/;
const ZERO = 0x30;
const LETTER_U = 0x75;
const HEX_DIGITS = '0123456789abcdef';

/**
 * JSON text, written into one growing buffer on the request path: no object and no string for a row, and no copy
 * afterwards. The caller sees to it that what it writes is JSON.
 */
export class RowWriter {
  #buffer: Buffer;
  #size = 0;

  /** `capacity` in bytes: where the buffer begins. */
  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafeSlow(capacity);
  }

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
    this.#reserve(3 * value.length + 2);
    this.#buffer[this.#size++] = QUOTE;
    const start = this.#size;
    this.#size += this.#buffer.write(value, start, 'utf8');
    if (ESCAPED.test(value)) this.#escapeFrom(start);
    this.#reserve(1);
    this.#buffer[this.#size++] = QUOTE;
  }

  /** Escapes the UTF-8 from `start` on, in place and from its end: what is escaped is one byte in UTF-8. */
  #escapeFrom(start: number): void {
    let growth = 0;
    for (let i = start; i < this.#size; i++) growth += escapeGrowth(this.#buffer[i]!);
    this.#reserve(growth);
    const buffer = this.#buffer;
    let from = this.#size;
    this.#size += growth;
    for (let to = this.#size; to > from; ) {
      const byte = buffer[--from]!;
      if (byte < 0x20) {
        buffer[--to] = HEX_DIGITS.charCodeAt(byte & 15);
        buffer[--to] = HEX_DIGITS.charCodeAt(byte >> 4);
        buffer[--to] = ZERO;
        buffer[--to] = ZERO;
        buffer[--to] = LETTER_U;
        buffer[--to] = BACKSLASH;
      } else {
        buffer[--to] = byte;
        if (byte === QUOTE || byte === BACKSLASH) buffer[--to] = BACKSLASH;
      }
    }
  }

  #reserve(length: number): void {
    if (this.#size + length <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.#size + length));
    this.#buffer.copy(grown, 0, 0, this.#size);
    this.#buffer = grown;
  }
}

function escapeGrowth(byte: number): number {
  if (byte < 0x20) return 5;
  return byte === QUOTE || byte === BACKSLASH ? 1 : 0;
}
