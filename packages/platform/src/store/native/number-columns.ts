import { ByteBuffer } from './byte-buffer.ts';
import type { Column } from './column.ts';

const CAPACITY = 8 * 1024;

/** `UInt64`, or another type that is kept in 8 bytes, such as `DateTime64(9)`: nanoseconds since the epoch. */
export class UInt64Column implements Column {
  readonly type: string;
  readonly #bytes = new ByteBuffer(CAPACITY);

  constructor(type = 'UInt64') {
    this.type = type;
  }

  get size(): number {
    return this.#bytes.size;
  }

  append(value: bigint): void {
    this.#bytes.bigUint64(value);
  }

  truncate(rows: number): void {
    this.#bytes.truncate(8 * rows);
  }

  write(out: ByteBuffer, from: number, to: number): void {
    out.copy(this.#bytes.bytes(8 * from, 8 * to));
  }
}

export class UInt8Column implements Column {
  readonly type = 'UInt8';
  readonly #bytes = new ByteBuffer(CAPACITY);

  get size(): number {
    return this.#bytes.size;
  }

  append(value: number): void {
    this.#bytes.uint8(value);
  }

  truncate(rows: number): void {
    this.#bytes.truncate(rows);
  }

  write(out: ByteBuffer, from: number, to: number): void {
    out.copy(this.#bytes.bytes(from, to));
  }
}
