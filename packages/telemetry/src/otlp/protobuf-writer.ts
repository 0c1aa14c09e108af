import { WIRE } from './fields.ts';

/**
 * A protobuf message, written from its end to its start. A nested message is preceded by its length, and in this
 * direction the length is known when its turn comes: nothing is measured beforehand and nothing is moved afterwards.
 * So callers write fields, and items of repeated fields, in reverse.
 *
 * ```ts
 * const end = writer.size;          // begin a nested message
 * writer.string(2, 'message');
 * writer.endMessage(15, end);       // field 15, holding what was written since
 * ```
 *
 * Wire format: https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufWriter {
  #buffer: Buffer;
  #view: DataView;
  /** Where the message starts so far. */
  #at: number;

  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafeSlow(capacity);
    this.#view = new DataView(this.#buffer.buffer);
    this.#at = capacity;
  }

  /** Bytes written. */
  get size(): number {
    return this.#buffer.length - this.#at;
  }

  get capacity(): number {
    return this.#buffer.length;
  }

  /** A copy of the message, of its exact length; the writer is empty afterwards and can be used again. */
  take(): Uint8Array {
    const message = new Uint8Array(this.#buffer.subarray(this.#at));
    this.#at = this.#buffer.length;
    return message;
  }

  /** Precedes what was written since `size` was `end` with the tag and length of a nested message. */
  endMessage(field: number, end: number): void {
    this.#varint(this.size - end);
    this.#tag(field, WIRE.bytes);
  }

  string(field: number, value: string): void {
    const end = this.size;
    if (!this.#shortAscii(value)) {
      const length = Buffer.byteLength(value);
      this.#reserve(length);
      this.#at -= length;
      this.#buffer.write(value, this.#at, length, 'utf8');
    }
    this.endMessage(field, end);
  }

  bytes(field: number, value: Uint8Array): void {
    this.#reserve(value.length);
    this.#at -= value.length;
    this.#buffer.set(value, this.#at);
    this.#varint(value.length);
    this.#tag(field, WIRE.bytes);
  }

  /** A bytes field, from hexadecimal digits. A digit that is none is written as 0. */
  hex(field: number, value: string): void {
    const length = value.length >>> 1;
    this.#reserve(length);
    this.#at -= length;
    for (let i = 0; i < length; i++) {
      this.#buffer[this.#at + i] =
        (nibble(value.charCodeAt(2 * i)) << 4) | nibble(value.charCodeAt(2 * i + 1));
    }
    this.#varint(length);
    this.#tag(field, WIRE.bytes);
  }

  /** A fixed64 field. */
  fixed64(field: number, value: bigint): void {
    this.#reserve(8);
    this.#at -= 8;
    this.#view.setBigUint64(this.#at, value, true);
    this.#tag(field, WIRE.fixed64);
  }

  double(field: number, value: number): void {
    this.#reserve(8);
    this.#at -= 8;
    this.#view.setFloat64(this.#at, value, true);
    this.#tag(field, WIRE.fixed64);
  }

  /** An int32, int64, bool or enum field; `value` is a safe integer. */
  int(field: number, value: number): void {
    if (value >= 0) this.#varint(value);
    else this.#negativeVarint(value);
    this.#tag(field, WIRE.varint);
  }

  #tag(field: number, wireType: number): void {
    this.#varint((field << 3) | wireType);
  }

  #varint(value: number): void {
    this.#reserve(10);
    if (value < 0x80) {
      this.#buffer[--this.#at] = value;
      return;
    }
    let length = 2;
    for (let rest = value / 0x4000; rest >= 1; rest /= 0x80) length++;
    let at = this.#at - length;
    this.#at = at;
    let rest = value;
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 0x80)) this.#buffer[at++] = (rest % 0x80) | 0x80;
    for (; rest > 0x7f; rest >>>= 7) this.#buffer[at++] = (rest & 0x7f) | 0x80;
    this.#buffer[at] = rest;
  }

  /** Two's complement in 64 bits, which takes ten bytes. */
  #negativeVarint(value: number): void {
    this.#reserve(10);
    this.#at -= 10;
    let rest = BigInt.asUintN(64, BigInt(value));
    for (let i = 0; i < 9; i++, rest >>= 7n) this.#buffer[this.#at + i] = Number(rest & 0x7fn) | 0x80;
    this.#buffer[this.#at + 9] = Number(rest);
  }

  /** Most strings are short and ASCII; a loop writes those faster than a call out of JavaScript. */
  #shortAscii(value: string): boolean {
    const length = value.length;
    if (length > 64) return false;
    this.#reserve(length);
    const start = this.#at - length;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code >= 0x80) return false;
      this.#buffer[start + i] = code;
    }
    this.#at = start;
    return true;
  }

  #reserve(length: number): void {
    if (this.#at >= length) return;
    const size = this.size;
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, size + length));
    this.#buffer.copy(grown, grown.length - size, this.#at);
    this.#buffer = grown;
    this.#view = new DataView(grown.buffer);
    this.#at = grown.length - size;
  }
}

function nibble(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 0;
}
