import type { Logger } from 'pino';
import { PLATFORM_ERROR, PlatformError } from '../errors.ts';
import { readMigrations } from '../migrations.ts';
import { withoutCredentials } from '../server-url.ts';
import { clickhouseStore } from './clickhouse.ts';
import { startEmbedded } from './embedded/supervisor.ts';
import { UnixSocketAgent } from './embedded/unix-socket-agent.ts';
import { migrate } from './migrate.ts';
import type { Store } from './store.ts';

export { StoreError } from './error.ts';
export type { Store } from './store.ts';

export type StoreOptions =
  | { kind: 'embedded'; directory: string }
  | { kind: 'server'; url: string; user?: string; password?: string; database?: string };

/** As many as can be at work at once, and some that wait. */
const EMBEDDED_CONNECTIONS = 64;

/**
 * Opens the event store and brings its schema up to date. `embedded` starts a child process that owns chDB on the
 * directory; it ends with `close`, or with this process.
 *
 * Throws a PlatformError where another platform has the directory open, it can't be written, or the server can't be
 * used, else a StoreError; both say what to do.
 */
export async function openStore(options: StoreOptions, log: Logger): Promise<Store> {
  const store = options.kind === 'embedded' ? await embedded(options.directory, log) : await server(options);
  try {
    const applied = await migrate(store, await readMigrations(new URL('./schema/', import.meta.url)), log);
    if (applied.length > 0) log.info({ migrations: applied }, 'event store schema brought up to date');
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

async function server({ url, user, password, database }: StoreOptions & { kind: 'server' }): Promise<Store> {
  let store: Store | undefined;
  try {
    store = clickhouseStore({
      url,
      ...(user !== undefined && { username: user }),
      ...(password !== undefined && { password }),
      ...(database !== undefined && { database }),
    });
    await store.query('SELECT 1');
    return store;
  } catch (error) {
    await store?.close();
    throw new PlatformError(
      PLATFORM_ERROR.storeUnreachable,
      `ClickHouse at ${withoutCredentials(url)} can't be used: ${(error as Error).message}. ` +
        'Check the URL, user, password and database, and that it is running.',
      error,
    );
  }
}

async function embedded(directory: string, log: Logger): Promise<Store> {
  const process = await startEmbedded(directory, log);
  const agent = new UnixSocketAgent(process.socketPath, EMBEDDED_CONNECTIONS);
  const store = clickhouseStore({ url: 'http://store', http_agent: agent });
  return {
    ...store,
    close: async () => {
      await process.close();
      await store.close();
    },
  };
}
