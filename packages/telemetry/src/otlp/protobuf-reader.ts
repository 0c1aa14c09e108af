import { OtlpError } from './error.ts';
import { WIRE } from './fields.ts';
import { StringCache } from './string-cache.ts';

const NO_FIELD = 0;

/**
 * Reads a protobuf message in place. The reader holds a position; a nested message is read by the same reader up to
 * its end, so nothing is copied but the strings.
 *
 * ```ts
 * while (reader.nextField(end)) {
 *   switch (reader.field) {
 *     case 1: name = reader.string(); break;
 *     default: reader.skip();
 *   }
 * }
 * ```
 *
 * Every method throws an OtlpError that names the byte where the message is at fault. No length is believed before it
 * was compared with what is there. Wire format: https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufReader {
  /** Number of the field that `nextField` found. */
  field = NO_FIELD;
  readonly #buffer: Buffer;
  readonly #view: DataView;
  #at = 0;
  #wireType: number = WIRE.varint;
  /** End of the innermost message: what its fields may not exceed. */
  #end: number;

  constructor(bytes: Uint8Array) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#end = bytes.byteLength;
  }

  /** Where reading stands, in bytes from the start. */
  get offset(): number {
    return this.#at;
  }

  get length(): number {
    return this.#buffer.length;
  }

  /** Reads the next field's tag. False at `end`, where the message that encloses this one continues. */
  nextField(end: number): boolean {
    this.#end = end;
    if (this.#at >= end) return false;
    const start = this.#at;
    const tag = this.#varint();
    this.#wireType = tag & 7;
    this.field = tag >>> 3;
    if (this.field === NO_FIELD || tag > 0xffffffff) throw this.fault(`invalid protobuf tag ${tag}`, start);
    return true;
  }

  /** Enters a nested message; returns its end, for `nextField`. */
  message(): number {
    const length = this.#length();
    return this.#at + length;
  }

  string(): string {
    const length = this.#length();
    const start = this.#at;
    this.#at += length;
    return length === 0 ? '' : this.#buffer.toString('utf8', start, this.#at);
  }

  /** A string of which few different ones are expected, such as an attribute's key. */
  key(): string {
    return this.#cached(sharedKeys);
  }

  /** A string that often is one of a few, such as an attribute's value. */
  value(): string {
    return this.#cached(sharedValues);
  }

  #cached(cache: StringCache): string {
    const length = this.#length();
    const start = this.#at;
    this.#at += length;
    return length === 0 ? '' : cache.get(this.#buffer, start, this.#at);
  }

  /** A copy. */
  bytes(): Uint8Array {
    const length = this.#length();
    this.#at += length;
    return new Uint8Array(this.#buffer.subarray(this.#at - length, this.#at));
  }

  /** An id of `length` bytes as lower-case hexadecimal digits; `''` where it is absent or all zeros. */
  id(length: number, name: string): string {
    const start = this.#at;
    const found = this.#length();
    if (found === 0) return '';
    if (found !== length) throw this.fault(`${name} must have ${length} bytes, not ${found}`, start);
    const from = this.#at;
    this.#at += length;
    for (let i = from; i < this.#at; i++) {
      if (this.#buffer[i] !== 0) return this.#buffer.toString('hex', from, this.#at);
    }
    return '';
  }

  fixed64(): bigint {
    this.#expect(WIRE.fixed64);
    return this.#view.getBigUint64(this.#fixed(8), true);
  }

  double(): number {
    this.#expect(WIRE.fixed64);
    return this.#view.getFloat64(this.#fixed(8), true);
  }

  bool(): boolean {
    this.#expect(WIRE.varint);
    return this.#varint() !== 0;
  }

  /** An enum's number, or an int32 that is not negative. */
  enum(): number {
    this.#expect(WIRE.varint);
    return this.#varint();
  }

  /** An int64; beyond the safe integers as its decimal digits, so that ids keep all of them. */
  int64(): number | string {
    this.#expect(WIRE.varint);
    const start = this.#at;
    const value = this.#varint();
    if (value <= Number.MAX_SAFE_INTEGER) return value;
    this.#at = start;
    const exact = BigInt.asIntN(64, this.#bigVarint());
    const number = Number(exact);
    return Number.isSafeInteger(number) ? number : String(exact);
  }

  /** Passes over the field, whatever it is. */
  skip(): void {
    switch (this.#wireType) {
      case WIRE.varint:
        this.#varint();
        return;
      case WIRE.fixed64:
        this.#fixed(8);
        return;
      case WIRE.bytes:
        this.#at = this.message();
        return;
      case WIRE.fixed32:
        this.#fixed(4);
        return;
      case WIRE.groupStart:
        this.#skipGroup();
        return;
      default:
        throw this.fault(`unexpected protobuf wire type ${this.#wireType}`, this.#at);
    }
  }

  fault(message: string, offset: number): OtlpError {
    return new OtlpError(`malformed protobuf: ${message}`, { offset });
  }

  /** Groups are long deprecated, but an unknown field may be one. */
  #skipGroup(): void {
    const start = this.#at;
    for (let open = 1; open > 0; ) {
      if (!this.nextField(this.#end)) throw this.fault('group without an end', start);
      if (this.#wireType === WIRE.groupStart) open++;
      else if (this.#wireType === WIRE.groupEnd) open--;
      else this.skip();
    }
  }

  #expect(wireType: number): void {
    if (this.#wireType !== wireType) {
      throw this.fault(
        `field ${this.field} has wire type ${this.#wireType} instead of ${wireType}`,
        this.#at,
      );
    }
  }

  #length(): number {
    this.#expect(WIRE.bytes);
    const start = this.#at;
    const length = this.#varint();
    const left = this.#end - this.#at;
    if (length > left) {
      throw this.fault(`field ${this.field} says it has ${length} bytes, but ${left} are left`, start);
    }
    return length;
  }

  #fixed(length: number): number {
    const start = this.#at;
    const left = this.#end - start;
    if (length > left)
      throw this.fault(`field ${this.field} takes ${length} bytes, but ${left} are left`, start);
    this.#at += length;
    return start;
  }

  /** Exact up to 2^53; of larger values only the magnitude is right. */
  #varint(): number {
    const buffer = this.#buffer;
    const start = this.#at;
    if (start < this.#end && buffer[start]! < 0x80) {
      this.#at = start + 1;
      return buffer[start]!;
    }
    const limit = Math.min(this.#end, start + 10);
    let value = 0;
    let scale = 1;
    for (let at = start; at < limit; at++) {
      const byte = buffer[at]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        this.#at = at + 1;
        return value;
      }
      scale *= 0x80;
    }
    throw this.fault(
      limit === start + 10 ? 'varint longer than ten bytes' : 'cut off inside a varint',
      start,
    );
  }

  /** Of a varint that `#varint` found whole. */
  #bigVarint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#buffer[this.#at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
}

const sharedKeys = new StringCache(1024);
const sharedValues = new StringCache(4096);
