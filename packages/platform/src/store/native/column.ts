import type { ByteBuffer } from './byte-buffer.ts';

/** A column of a block in ClickHouse's Native format, filled row by row. */
export interface Column {
  /** ClickHouse's name of the type. */
  readonly type: string;
  /** Bytes of memory that its rows take, about. */
  readonly size: number;
  /** Takes back the rows from number `rows` on, one that is half written too. */
  truncate(rows: number): void;
  /** Writes the rows from number `from` up to `to`, at least one, as the format has them. */
  write(out: ByteBuffer, from: number, to: number): void;
}
