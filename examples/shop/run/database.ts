import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const SCHEMA = `
CREATE TABLE products (id integer PRIMARY KEY, name text NOT NULL, price numeric NOT NULL, hidden boolean NOT NULL);
INSERT INTO products VALUES
  (1, 'Earl Grey tea', 4.90, false), (2, 'Green tea', 3.50, false), (3, 'Coffee', 6.20, false),
  (4, 'Cocoa', 5.10, false), (5, 'Unreleased matcha', 9.99, true);
CREATE TABLE orders (id serial PRIMARY KEY, product integer NOT NULL, quantity integer NOT NULL, note text NOT NULL);
CREATE TABLE users (id integer PRIMARY KEY, email text UNIQUE NOT NULL, password_sha256 text NOT NULL);
INSERT INTO users VALUES
  (1, 'ada@shop.example', encode(sha256('correct horse battery staple'), 'hex')),
  (2, 'grace@shop.example', encode(sha256('nanoseconds'), 'hex'));
`;

export interface Database {
  /** A connection string for `pg`. */
  url: string;
  close(): Promise<void>;
}

/** The shop's database: PostgreSQL in memory, behind PostgreSQL's wire protocol on loopback. */
export async function startDatabase(port: number): Promise<Database> {
  const db = await PGlite.create();
  await db.exec(SCHEMA);
  const server = new PGLiteSocketServer({ db, port, host: '127.0.0.1', maxConnections: 20 });
  await server.start();
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    close: async () => {
      await server.stop();
      await db.close();
    },
  };
}
