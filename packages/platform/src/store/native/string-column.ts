import { ByteBuffer } from './byte-buffer.ts';
import type { Column } from './column.ts';
import { IndexBuffer } from './index-buffer.ts';

const CAPACITY = 64 * 1024;

/** `String`. */
export class StringColumn implements Column {
  readonly type = 'String';
  readonly #bytes = new ByteBuffer(CAPACITY);
  /** Where each row ends. */
  readonly #ends = new IndexBuffer();

  get size(): number {
    return this.#bytes.size;
  }

  append(value: string): void {
    this.#bytes.string(value);
    this.#ends.push(this.#bytes.size);
  }

  /** Appends the rows from number `from` up to `to` once more. */
  repeat(from: number, to: number): void {
    const start = this.#start(from);
    const shift = this.#bytes.size - start;
    this.#bytes.repeat(start, this.#start(to) - start);
    for (let row = from; row < to; row++) this.#ends.push(this.#ends.at(row) + shift);
  }

  truncate(rows: number): void {
    this.#bytes.truncate(this.#start(rows));
    this.#ends.truncate(rows);
  }

  write(out: ByteBuffer, from: number, to: number): void {
    out.copy(this.#bytes.bytes(this.#start(from), this.#start(to)));
  }

  #start(row: number): number {
    return row === 0 ? 0 : this.#ends.at(row - 1);
  }
}
