/** What the embedded database and a server have in common, below `State`. */
export interface Session {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Several statements in one text, without parameters or results. */
  script(sql: string): Promise<void>;
}

export interface Driver extends Session {
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Object ids of PostgreSQL's types (pg_type.oid) that both drivers must read alike. */
export const INT8 = 20;
