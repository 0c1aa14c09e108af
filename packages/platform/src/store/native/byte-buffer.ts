const MAX_SHORT = 64;

/** Bytes, written one after the other into a buffer that grows. On the request path: nothing is allocated for a value. */
export class ByteBuffer {
  #buffer: Buffer;
  #size = 0;

  /** `capacity` in bytes: where the buffer begins. */
  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafeSlow(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** What was written, from one position to another; valid until the next write or `truncate`. */
  bytes(from = 0, to = this.#size): Buffer {
    return this.#buffer.subarray(from, to);
  }

  /** Takes back what was written after `size` bytes. */
  truncate(size: number): void {
    this.#size = size;
  }

  /** Bytes as they are. */
  copy(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** Once more what was written from `start` on, `length` bytes. */
  repeat(start: number, length: number): void {
    this.#reserve(length);
    this.#buffer.copyWithin(this.#size, start, start + length);
    this.#size += length;
  }

  uint8(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#size++] = value;
  }

  uint16(value: number): void {
    this.#reserve(2);
    this.#size = this.#buffer.writeUInt16LE(value, this.#size);
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#size = this.#buffer.writeUInt32LE(value, this.#size);
  }

  /** A number below 2^53. */
  uint64(value: number): void {
    this.uint32(value % 2 ** 32);
    this.uint32(Math.floor(value / 2 ** 32));
  }

  bigUint64(value: bigint): void {
    this.#reserve(8);
    this.#size = this.#buffer.writeBigUInt64LE(value, this.#size);
  }

  /** LEB128, of a number below 2^32. */
  varint(value: number): void {
    this.#reserve(5);
    let left = value;
    for (; left >= 0x80; left >>>= 7) this.#buffer[this.#size++] = (left & 0x7f) | 0x80;
    this.#buffer[this.#size++] = left;
  }

  /** UTF-8, with its length in bytes before it as a varint. A lone surrogate becomes U+FFFD. */
  string(value: string): void {
    if (value.length <= MAX_SHORT && this.#shortAscii(value)) return;
    const length = Buffer.byteLength(value);
    this.varint(length);
    this.#reserve(length);
    this.#size += this.#buffer.write(value, this.#size, 'utf8');
  }

  /** Most strings are short and ASCII; a loop writes those faster than a call out of JavaScript. */
  #shortAscii(value: string): boolean {
    const length = value.length;
    this.#reserve(length + 1);
    const buffer = this.#buffer;
    let at = this.#size;
    buffer[at++] = length;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      buffer[at++] = code;
    }
    this.#size = at;
    return true;
  }

  #reserve(length: number): void {
    if (this.#size + length <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.#size + length));
    this.#buffer.copy(grown, 0, 0, this.#size);
    this.#buffer = grown;
  }
}
