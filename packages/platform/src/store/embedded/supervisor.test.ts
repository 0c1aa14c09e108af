import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pino } from 'pino';
import { clickhouseStore } from '../clickhouse.ts';
import { StoreError } from '../index.ts';
import type { Store } from '../store.ts';
import { startEmbedded } from './supervisor.ts';
import { UnixSocketAgent } from './unix-socket-agent.ts';

const log = pino({ level: 'silent' });
const row = (name: string) => [{ name }];

async function temporaryDirectory(context: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'wardline-store-'));
  context.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function start(context: TestContext, directory: string) {
  const embedded = await startEmbedded(directory, log);
  const store = clickhouseStore({
    url: 'http://store',
    http_agent: new UnixSocketAgent(embedded.socketPath, 8),
  });
  context.after(async () => {
    await embedded.close();
    await store.close();
  });
  await store.command(
    'CREATE TABLE IF NOT EXISTS spans (name String) ENGINE = MergeTree ORDER BY name SETTINGS fsync_after_insert = 1',
  );
  return { store, embedded };
}

async function names(store: Store): Promise<string[]> {
  const rows = await store.query<{ name: string }>('SELECT name FROM spans ORDER BY name');
  return rows.map(({ name }) => name);
}

/** What `work` resolves to, once it does; it is tried for 10 s. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((wake) => setTimeout(wake, 20));
    }
  }
}

/** A process that has ended but was not waited for (state Z) does not count: not every container has an init. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

test('acknowledged rows outlive a process that is killed, and the store comes back', async (context) => {
  const { store, embedded } = await start(context, await temporaryDirectory(context));
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 5; i++) {
      const name = `${round}.${i}`;
      await store.insert('spans', row(name));
      acknowledged.push(name);
    }
    process.kill(embedded.pid()!, 'SIGKILL');
    assert.deepEqual(await eventually(() => names(store)), acknowledged);
  }
});

test('calls at work when the process dies fail, and say that the store is unavailable', async (context) => {
  const { store, embedded } = await start(context, await temporaryDirectory(context));
  const slow = store.query('SELECT sleep(3)');
  await new Promise((wake) => setTimeout(wake, 200));
  process.kill(embedded.pid()!, 'SIGKILL');
  const unavailable = (error: unknown) =>
    error instanceof StoreError &&
    error.code === 'WARDLINE_STORE_UNAVAILABLE' &&
    /can't be reached/.test(error.message);
  await assert.rejects(slow, unavailable);
  await assert.rejects(store.query('SELECT 1'), unavailable);
  assert.deepEqual(await eventually(() => names(store)), []);
});

test('signals for the whole group do not end the process; closing finishes what is at work', async (context) => {
  const { store, embedded } = await start(context, await temporaryDirectory(context));
  const pid = embedded.pid()!;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal);
  const insert = store.insert('spans', row('after the signal'));
  const slow = store.query('SELECT sleep(1) AS slept');
  await new Promise((wake) => setTimeout(wake, 200));
  await embedded.close();
  await insert;
  assert.deepEqual(await slow, [{ slept: 0 }]);
  assert.equal(isRunning(pid), false);
});

test('a process that can not be made says so', async (context) => {
  const directory = await temporaryDirectory(context);
  const { execPath } = process;
  context.after(() => {
    process.execPath = execPath;
  });
  process.execPath = join(directory, 'no-node');
  await assert.rejects(startEmbedded(directory, log), (error) => {
    assert.ok(error instanceof StoreError, String(error));
    assert.equal(error.code, 'WARDLINE_STORE_UNAVAILABLE');
    assert.match(error.message, /could not be opened: .*no-node ENOENT/);
    return true;
  });
});

test('the process ends with its parent, and the directory can be opened at once', async (context) => {
  const directory = await temporaryDirectory(context);
  const supervisor = new URL('./supervisor.ts', import.meta.url);
  const program = `
    import { startEmbedded } from ${JSON.stringify(supervisor.href)};
    const log = { info() {}, warn() {}, error() {} };
    const embedded = await startEmbedded(${JSON.stringify(directory)}, log);
    console.log(embedded.pid());`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await once(parent.stdout, 'data');
  const pid = Number(String(output));
  assert.ok(isRunning(pid));
  parent.kill('SIGKILL');
  const { store } = await start(context, directory);
  assert.deepEqual(await names(store), []);
  await eventually(async () => assert.equal(isRunning(pid), false));
});

test('a disk that fails under the store is an error of the insert', async (context) => {
  const directory = await temporaryDirectory(context);
  const { store } = await start(context, directory);
  await store.insert('spans', row('before'));
  const data = join(directory, 'clickhouse', 'store');
  await rename(data, `${data}.aside`);
  await writeFile(data, 'not a directory');
  await assert.rejects(store.insert('spans', row('during')), {
    code: 'WARDLINE_STORE_FAILED',
    message: /ClickHouse: .*(Not a directory|File exists)/i,
  });
  await rm(data);
  await rename(`${data}.aside`, data);
  await eventually(() => store.insert('spans', row('after')));
  assert.deepEqual(await names(store), ['after', 'before']);
});
