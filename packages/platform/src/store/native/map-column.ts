import type { ByteBuffer } from './byte-buffer.ts';
import type { Column } from './column.ts';
import { IndexBuffer } from './index-buffer.ts';
import { LowCardinalityColumn } from './low-cardinality-column.ts';
import { StringColumn } from './string-column.ts';

/** `Map(LowCardinality(String), String)`. */
export class MapColumn implements Column {
  readonly type = 'Map(LowCardinality(String), String)';
  readonly #keys = new LowCardinalityColumn();
  readonly #values = new StringColumn();
  #entries = 0;
  /** How many entries there are up to the end of each row. */
  readonly #ends = new IndexBuffer();

  get size(): number {
    return this.#keys.size + this.#values.size;
  }

  /** An entry of the row that `endRow` will end. */
  append(key: string, value: string): void {
    this.#keys.append(key);
    this.#values.append(value);
    this.#entries++;
  }

  endRow(): void {
    this.#ends.push(this.#entries);
  }

  /** Appends the last row once more. */
  repeatLast(): void {
    const end = this.#entries;
    const start = this.#start(this.#ends.length - 1);
    this.#keys.repeat(start, end);
    this.#values.repeat(start, end);
    this.#entries += end - start;
    this.endRow();
  }

  truncate(rows: number): void {
    this.#entries = this.#start(rows);
    this.#keys.truncate(this.#entries);
    this.#values.truncate(this.#entries);
    this.#ends.truncate(rows);
  }

  write(out: ByteBuffer, from: number, to: number): void {
    const start = this.#start(from);
    const end = this.#start(to);
    this.#keys.writePrefix(out);
    for (let row = from; row < to; row++) out.uint64(this.#ends.at(row) - start);
    this.#keys.writeRows(out, start, end);
    this.#values.write(out, start, end);
  }

  #start(row: number): number {
    return row === 0 ? 0 : this.#ends.at(row - 1);
  }
}
