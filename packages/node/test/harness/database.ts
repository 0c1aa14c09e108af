import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

export interface Database {
  url: string;
  close(): Promise<void>;
}

/** PostgreSQL in this process, behind its wire protocol, with a table of two users. */
export async function startDatabase(): Promise<Database> {
  const db = await PGlite.create();
  await db.exec(`
    CREATE TABLE users (id integer PRIMARY KEY, name text, secret text);
    INSERT INTO users VALUES (1, 'ada', 'engine'), (2, 'grace', 'compiler');
  `);
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 50 });
  await server.start();
  const port = server.getServerConn().split(':').at(-1);
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    async close() {
      await server.stop();
      await db.close();
    },
  };
}
