import type { Logger } from 'pino';
import { readMigrations } from '../migrations.ts';
import type { Driver } from './driver.ts';
import { openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { openServer, type ServerOptions } from './server.ts';
import type { State } from './state.ts';

export type { State } from './state.ts';

export type StateOptions = { kind: 'embedded'; directory: string } | ({ kind: 'server' } & ServerOptions);

/** Opens the state and brings its schema up to date. Throws a PlatformError that says what to do. */
export async function openState(options: StateOptions, log: Logger): Promise<State> {
  const driver =
    options.kind === 'embedded' ? await openEmbedded(options.directory) : await openServer(options, log);
  try {
    const applied = await migrate(driver, await readMigrations(new URL('./schema/', import.meta.url)));
    if (applied.length > 0) log.info({ migrations: applied }, 'state schema brought up to date');
  } catch (error) {
    await driver.close();
    throw error;
  }
  return asState(driver);
}

function asState(driver: Driver): State {
  let closed: Promise<void> | undefined;
  return {
    query: driver.query,
    transaction: (work) => driver.transaction((session) => work(session.query)),
    close: () => {
      closed ??= driver.close();
      return closed;
    },
  };
}
