import { ByteBuffer } from './byte-buffer.ts';
import type { Column } from './column.ts';
import { IndexBuffer } from './index-buffer.ts';

const CAPACITY = 4 * 1024;
/** `SerializationLowCardinality.cpp`: keys come with each block, in shared dictionaries' version of the format. */
const KEYS_VERSION = 1;
const HAS_ADDITIONAL_KEYS = 0x200;
const NEEDS_UPDATE = 0x400;
const INDEX_BYTES = 4;

/** `LowCardinality(String)`: each distinct string once, and an index for each row. */
export class LowCardinalityColumn implements Column {
  readonly type = 'LowCardinality(String)';
  readonly #keys = new Map<string, number>();
  readonly #keyBytes = new ByteBuffer(CAPACITY);
  readonly #rows = new IndexBuffer();

  get size(): number {
    return this.#keyBytes.size + INDEX_BYTES * this.#rows.length;
  }

  append(value: string): void {
    let index = this.#keys.get(value);
    if (index === undefined) {
      index = this.#keys.size;
      this.#keys.set(value, index);
      this.#keyBytes.string(value);
    }
    this.#rows.push(index);
  }

  /** Appends the rows from number `from` up to `to` once more. */
  repeat(from: number, to: number): void {
    for (let row = from; row < to; row++) this.#rows.push(this.#rows.at(row));
  }

  truncate(rows: number): void {
    this.#rows.truncate(rows);
    // Keys that no row has are no fault, but must not stay for good.
    if (rows > 0) return;
    this.#keys.clear();
    this.#keyBytes.truncate(0);
  }

  write(out: ByteBuffer, from: number, to: number): void {
    this.writePrefix(out);
    this.writeRows(out, from, to);
  }

  /** What comes first, also where the column is a part of another. */
  writePrefix(out: ByteBuffer): void {
    out.uint64(KEYS_VERSION);
  }

  /** Rows without the prefix; there may be none. */
  writeRows(out: ByteBuffer, from: number, to: number): void {
    if (from === to) return;
    const rows = this.#rows;
    const width = indexWidth(this.#keys.size);
    out.uint64(HAS_ADDITIONAL_KEYS | NEEDS_UPDATE | width);
    out.uint64(this.#keys.size);
    out.copy(this.#keyBytes.bytes());
    out.uint64(to - from);
    if (width === 0) for (let row = from; row < to; row++) out.uint8(rows.at(row));
    else if (width === 1) for (let row = from; row < to; row++) out.uint16(rows.at(row));
    else for (let row = from; row < to; row++) out.uint32(rows.at(row));
  }
}

/** As the format numbers them: 0 for UInt8, 1 for UInt16, 2 for UInt32. */
function indexWidth(keys: number): 0 | 1 | 2 {
  if (keys <= 0x100) return 0;
  return keys <= 0x10000 ? 1 : 2;
}
