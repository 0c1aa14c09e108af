import { readdir, readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Store } from './store.ts';

export interface Migration {
  version: number;
  name: string;
  /** One statement, which may run twice: platforms that start at the same time may both find it pending. */
  sql: string;
}

/** Reads `NNNN_name.sql` files, in order. Throws if a number is missing or there twice. */
export async function readMigrations(directory: URL): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(
    files.map(async (file) => ({
      version: Number.parseInt(file, 10),
      name: file,
      sql: await readFile(new URL(file, directory), 'utf8'),
    })),
  );
  migrations.forEach(({ version, name }, index) => {
    if (version !== index + 1) throw new Error(`${name} should have the number ${index + 1}`);
  });
  return migrations;
}

/**
 * Brings the schema up to date and returns the names of the migrations that it ran. ClickHouse has no transactions, so
 * each is recorded once it has run. Migrations of a newer version are left alone, and only logged: in a rolling update
 * older platforms still start.
 */
export async function migrate(
  store: Pick<Store, 'query' | 'command'>,
  migrations: readonly Migration[],
  log: Logger,
): Promise<string[]> {
  await store.command(
    `CREATE TABLE IF NOT EXISTS schema_migrations
     (version UInt32, name String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
     ENGINE = MergeTree ORDER BY version SETTINGS fsync_after_insert = 1`,
  );
  const rows = await store.query<{ version: number }>('SELECT DISTINCT version FROM schema_migrations');
  const applied = new Set(rows.map(({ version }) => version));
  const newer = [...applied].filter((version) => version > migrations.length);
  if (newer.length > 0)
    log.warn({ versions: newer }, 'the event store has migrations of a newer version of Wardline');
  const pending = migrations.filter(({ version }) => !applied.has(version));
  for (const { version, name, sql } of pending) {
    await store.command(sql);
    await store.command(`INSERT INTO schema_migrations (version, name) VALUES (${version}, '${name}')`);
  }
  return pending.map(({ name }) => name);
}
