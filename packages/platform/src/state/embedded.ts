import { PGlite, type Transaction } from '@electric-sql/pglite';
import { makeDataDirectory, makeOwnDirectory } from '../private-directory.ts';
import { lockDirectory } from './directory-lock.ts';
import { type Driver, INT8, type Session } from './driver.ts';

/**
 * Opens PostgreSQL in this process (PGlite) on a directory, which is made if it isn't there. The first open of a
 * directory takes about 3 s, later ones 0.3 s. Throws a PlatformError where another platform has the directory open,
 * or it can't be written.
 */
export async function openEmbedded(directory: string): Promise<Driver> {
  await makeDataDirectory(directory);
  const unlock = await lockDirectory(directory);
  let database: PGlite;
  try {
    // The files in it are readable to all, so the directory must not be.
    await makeOwnDirectory(`${directory}/postgres`);
    database = await PGlite.create(`${directory}/postgres`, { parsers: { [INT8]: Number } });
  } catch (error) {
    await unlock();
    throw error;
  }
  return {
    ...session(database),
    transaction: (work) => database.transaction((transaction) => work(session(transaction))),
    close: async () => {
      await database.close();
      await unlock();
    },
  };
}

function session(target: Pick<Transaction, 'query' | 'exec'>): Session {
  return {
    async query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
      return (await target.query<Row>(sql, [...params])).rows;
    },
    async script(sql) {
      await target.exec(sql);
    },
  };
}
