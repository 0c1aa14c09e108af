import type { NativeBlock } from './native/block.ts';

/**
 * The event store: ClickHouse, embedded (chDB in a child process) or a server. One client, one dialect. A call that
 * fails rejects with a StoreError, whose code tells a store that can't be reached from a statement that it refused.
 *
 * `security_events` drops rows with the same `event_id` when it merges; a query that must not see them twice before
 * that says `FINAL`. `spans` keeps what was sent twice: read a trace with `LIMIT 1 BY span_id`.
 */
export interface Store {
  /**
   * Runs a SELECT with ClickHouse's server-side parameters (`{name:Type}`) and returns its rows as objects.
   * A server takes values of up to 128 kB (its `http_max_field_value_size`), the embedded one of up to 8 MB.
   * 64-bit integers come as strings, DateTime64 as `YYYY-MM-DD hh:mm:ss.fffffffff` in UTC.
   */
  query<Row>(sql: string, params?: Record<string, unknown>): Promise<Row[]>;
  /** DDL and the like: no result. */
  command(sql: string): Promise<void>;
  /**
   * Resolves when the rows are durable; all are stored, or none. Objects have columns as properties. A Native block
   * costs the store about a third of that.
   */
  insert(table: 'spans' | 'security_events', rows: readonly object[] | NativeBlock): Promise<void>;
  close(): Promise<void>;
}
