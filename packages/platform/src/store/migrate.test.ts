import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { migrate } from './migrate.ts';

const MIGRATIONS = [
  { version: 1, name: '0001_a.sql', sql: 'CREATE a' },
  { version: 2, name: '0002_b.sql', sql: 'CREATE b' },
];

/** A store that has the given migrations, and writes down the commands. */
function storeWith(applied: number[]) {
  const commands: string[] = [];
  return {
    commands,
    query: async <Row>() => applied.map((version) => ({ version })) as Row[],
    command: async (sql: string) => {
      if (sql.startsWith('FAIL')) throw new Error('refused');
      commands.push(sql.split('\n', 1)[0]!);
    },
  };
}

const logged: object[] = [];
const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });

test('pending migrations run in order, each is recorded after it ran', async () => {
  const store = storeWith([1]);
  assert.deepEqual(await migrate(store, MIGRATIONS, log), ['0002_b.sql']);
  assert.deepEqual(store.commands.slice(1), [
    'CREATE b',
    "INSERT INTO schema_migrations (version, name) SELECT 2, '0002_b.sql'",
  ]);
});

test('a migration that fails is not recorded, and ends it', async () => {
  const store = storeWith([]);
  const failing = [{ version: 1, name: '0001_a.sql', sql: 'FAIL' }, MIGRATIONS[1]!];
  await assert.rejects(migrate(store, failing, log), /refused/);
  assert.equal(store.commands.length, 1);
});

test('migrations of a newer version are logged and left alone', async () => {
  assert.deepEqual(await migrate(storeWith([1, 2, 3]), MIGRATIONS, log), []);
  assert.match(JSON.stringify(logged), /"versions":\[3\].*newer version of Wardline/);
});
