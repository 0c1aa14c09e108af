/**
 * Mutable state: PostgreSQL, embedded (PGlite) or a server.
 *
 * `$1`-style parameters; an array goes to an array parameter, and a `jsonb` parameter is given as JSON text
 * (`JSON.stringify(…)`), because the two drivers differ in what they make of objects. `timestamptz` comes as Date,
 * `bigint` as number, `jsonb` parsed.
 */
export interface State {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /**
   * All or nothing: an exception rolls back. Inside, use only the `query` that it hands over: the embedded database
   * is one lane, and the state's own `query` would wait for this transaction to end.
   */
  transaction<T>(work: (query: State['query']) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
