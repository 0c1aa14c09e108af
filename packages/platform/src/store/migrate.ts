import type { Logger } from 'pino';
import type { Migration } from '../migrations.ts';
import type { Store } from './store.ts';

/**
 * Brings the schema up to date and returns the names of the migrations that it ran. ClickHouse has no transactions, so
 * each is recorded once it has run. A migration is one statement, which may run twice: platforms that start at the same
 * time may both find it pending. Migrations of a newer version are left alone, and only logged: in a rolling update
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
    // Not VALUES: with those the embedded engine would also take rows from its standard input.
    await store.command(`INSERT INTO schema_migrations (version, name) SELECT ${version}, '${name}'`);
  }
  return pending.map(({ name }) => name);
}
