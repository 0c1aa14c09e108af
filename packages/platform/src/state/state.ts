/** Mutable state: PostgreSQL, embedded (PGlite) or a server. */
export interface State {
  /** `$1`-style parameters. `timestamptz` comes as Date, `bigint` as number, `jsonb` parsed. */
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** All or nothing: an exception rolls back. */
  transaction<T>(work: (query: State['query']) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
