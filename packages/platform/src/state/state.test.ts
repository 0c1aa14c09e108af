import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pino from 'pino';
import { openState, type State } from './index.ts';
import { openServer } from './server.ts';

const log = pino({ level: 'silent' });

/** Each opens an empty state, and gives it back with what else must be closed. */
const kinds = {
  'embedded (PGlite)': async () => {
    const directory = await mkdtemp(join(tmpdir(), 'wardline-state-'));
    const state = await openState({ kind: 'embedded', directory }, log);
    return { state, clean: () => rm(directory, { recursive: true }) };
  },
  "server (PostgreSQL's wire protocol)": async () => {
    const database = await PGlite.create();
    // It mixes up the statements of several connections that are busy at once, so that the pool has but one.
    const server = new PGLiteSocketServer({ db: database, port: 0, maxConnections: 5 });
    await server.start();
    const state = await openState(
      { kind: 'server', url: `postgres://postgres:x@${server.getServerConn()}/postgres`, maxConnections: 1 },
      log,
    );
    const clean = async () => {
      await server.stop();
      await database.close();
    };
    return { state, clean };
  },
};

for (const [name, open] of Object.entries(kinds)) {
  describe(`state, ${name}`, () => {
    let state: State;
    let clean: () => Promise<void>;
    before(async () => {
      ({ state, clean } = await open());
    });
    after(async () => {
      await state.close();
      await state.close();
      await clean();
    });

    it('has the schema', async () => {
      const rows = await state.query<{ table_name: string }>(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
      );
      const names = rows.map((row) => row.table_name);
      for (const table of ['blocked_ips', 'keys', 'sessions', 'signals', 'users'])
        assert.ok(names.includes(table), table);
    });

    it('reads types alike', async () => {
      const [row] = await state.query<Record<string, unknown>>(
        `SELECT 5::bigint AS bigint, '2026-01-02T03:04:05Z'::timestamptz AS time, $1::jsonb AS json, $2::text[] AS texts,
                count(*) AS count, $3::timestamptz AS given FROM (SELECT 1) AS one`,
        [JSON.stringify([{ a: [1, 'x'] }]), ['a', 'b\'"{},'], new Date(1_000)],
      );
      assert.deepEqual(row, {
        bigint: 5,
        time: new Date('2026-01-02T03:04:05Z'),
        json: [{ a: [1, 'x'] }],
        texts: ['a', 'b\'"{},'],
        count: 1,
        given: new Date(1_000),
      });
    });

    it('commits a transaction and rolls back one that throws', async () => {
      const insert = 'INSERT INTO blocked_ips (value) VALUES ($1)';
      const returned = await state.transaction(async (query) => {
        await query(insert, ['192.0.2.1']);
        return 'value';
      });
      assert.equal(returned, 'value');
      await assert.rejects(
        state.transaction(async (query) => {
          await query(insert, ['192.0.2.2']);
          throw new Error('changed my mind');
        }),
        /changed my mind/,
      );
      assert.deepEqual(await state.query('SELECT value FROM blocked_ips'), [{ value: '192.0.2.1' }]);
    });

    it('goes on after a statement that fails, in a transaction too', async () => {
      await assert.rejects(state.query('SELECT nonsense'), /nonsense/);
      await assert.rejects(
        state.transaction((query) => query('SELECT nonsense')),
        /nonsense/,
      );
      assert.deepEqual(await state.query('SELECT 1 AS one'), [{ one: 1 }]);
    });

    it('runs concurrent queries and transactions', async () => {
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          i % 2 === 0
            ? state.query<{ n: number }>('SELECT $1::int AS n', [i])
            : state.transaction((query) => query<{ n: number }>('SELECT $1::int AS n', [i])),
        ),
      );
      assert.deepEqual(
        results.map((rows) => rows[0]?.n),
        Array.from({ length: 20 }, (_, i) => i),
      );
    });
  });
}

describe('state on a directory', () => {
  it('is kept over restarts, held by one platform at a time, and refuses a newer schema', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'wardline-state-'));
    const directory = join(parent, 'made', 'as', 'needed');
    const first = await openState({ kind: 'embedded', directory }, log);
    await first.query("INSERT INTO blocked_ips (value) VALUES ('192.0.2.7')");
    await assert.rejects(openState({ kind: 'embedded', directory }, log), {
      code: 'WARDLINE_DATA_IN_USE',
      message: new RegExp(`process ${process.pid}.*--data`, 's'),
    });
    await first.close();

    // What a process that was killed leaves behind.
    await writeFile(join(directory, 'platform.lock'), JSON.stringify({ pid: 2 ** 22 + 1, started: '1' }));
    const second = await openState({ kind: 'embedded', directory }, log);
    assert.deepEqual(await second.query('SELECT value FROM blocked_ips'), [{ value: '192.0.2.7' }]);
    await second.query("INSERT INTO schema_migrations (version, name) VALUES (9999, 'from the future')");
    await second.close();

    await assert.rejects(openState({ kind: 'embedded', directory }, log), { code: 'WARDLINE_STATE_TOO_NEW' });
    await rm(parent, { recursive: true });
  });

  it('says so when the directory cannot be made', async () => {
    await assert.rejects(openState({ kind: 'embedded', directory: '/dev/null/data' }, log), {
      code: 'WARDLINE_DATA_NOT_WRITABLE',
      message: /\/dev\/null\/data.*--data/,
    });
  });
});

it('names a server that does not answer, without its password', async () => {
  await assert.rejects(
    openServer({ url: 'postgres://user:secret@127.0.0.1:1/wardline' }, log),
    (error: Error & { code: string }) => {
      assert.equal(error.code, 'WARDLINE_STATE_UNREACHABLE');
      assert.match(error.message, /127\.0\.0\.1:1\/wardline/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    },
  );
});
