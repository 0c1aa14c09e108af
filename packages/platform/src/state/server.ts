import pg from 'pg';
import type { Logger } from 'pino';
import { PLATFORM_ERROR, PlatformError } from '../errors.ts';
import { withoutCredentials } from '../server-url.ts';
import { type Driver, INT8, type Session } from './driver.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_CONNECTIONS = 10;

export interface ServerOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  maxConnections?: number;
}

/** Reads `bigint` as a number, as the embedded database does; all else as pg does. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Connects to a PostgreSQL server (14 or later). Throws a PlatformError, without the password, if it doesn't answer. */
export async function openServer(
  { url, maxConnections = DEFAULT_MAX_CONNECTIONS }: ServerOptions,
  log: Logger,
): Promise<Driver> {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'wardline',
    types,
  });
  // A connection that breaks while idle: the pool opens another with the next query.
  pool.on('error', (error) => log.warn({ err: error }, 'lost a connection to PostgreSQL'));
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    await pool.end();
    throw new PlatformError(
      PLATFORM_ERROR.stateUnreachable,
      `PostgreSQL at ${withoutCredentials(url)} can't be used: ${reason(error)}. Check the URL, and that it is running.`,
      error,
    );
  }
  return {
    ...session(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        const result = await work(session(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

function session(target: pg.Pool | pg.PoolClient): Session {
  return {
    async query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
      return (await target.query(sql, [...params])).rows as Row[];
    },
    async script(sql) {
      await target.query(sql);
    },
  };
}

function reason(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
