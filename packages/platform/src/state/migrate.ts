import { PLATFORM_ERROR, PlatformError } from '../errors.ts';
import type { Migration } from '../migrations.ts';
import type { Driver } from './driver.ts';

/** Any constant: platforms that start on one server at the same time take turns by it. */
const LOCK_ID = 7_070_001;

/**
 * Brings the schema up to date, in one transaction: all pending migrations or none. Returns the names of those it ran.
 * Throws a PlatformError if the database has migrations that this version doesn't know.
 */
export async function migrate(driver: Driver, migrations: readonly Migration[]): Promise<string[]> {
  return driver.transaction(async (session) => {
    await session.query('SELECT pg_advisory_xact_lock($1)', [LOCK_ID]);
    await session.script(`CREATE TABLE IF NOT EXISTS schema_migrations (
      version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
    const rows = await session.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM schema_migrations',
    );
    const current = rows[0]?.version ?? 0;
    if (current > migrations.length) {
      throw new PlatformError(
        PLATFORM_ERROR.stateTooNew,
        `The database has schema version ${current}, and this version of Wardline knows up to ${migrations.length}. ` +
          'Start the newer version, or another data directory.',
      );
    }
    const pending = migrations.slice(current);
    for (const { version, name, sql } of pending) {
      await session.script(sql);
      await session.query('INSERT INTO schema_migrations (version, name) VALUES ($1, $2)', [version, name]);
    }
    return pending.map(({ name }) => name);
  });
}
