import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { encodeTraces } from '@wardline/telemetry';
import { openStore } from '../src/store/index.ts';
import { API_KEY, KEYS, silent, temporaryDirectory } from './harness.ts';

const SPANS = 20;
const PLATFORM = fileURLToPath(new URL('./platform-process.ts', import.meta.url));

/** Starts a platform; `wrap` is a command that runs another. It is gone after the test. */
async function start(context: TestContext, directory: string, wrap: readonly string[] = []) {
  const command = [...wrap, process.execPath, '--conditions=source', PLATFORM, directory];
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  context.after(() => stop(child));
  let stderr = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const report = await Promise.race([once(child, 'message'), once(child, 'close')]);
  const { url } = report[0] as { url?: string };
  assert.ok(url, `the platform did not start (${command.join(' ')}): ${stderr}`);
  const tell = async (message: 'fill' | 'free') => {
    child.send(message);
    await once(child, 'message');
  };
  return { child, url, tell, storePid: () => storePidOf(child.pid!) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The platform's child that owns the event store; undefined while it has none. */
async function storePidOf(parent: number): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  for (const line of stdout.split('\n')) {
    const [, pid, ppid, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(ppid) === parent && args!.includes('embedded/server.ts')) return Number(pid);
  }
  return undefined;
}

/** Whether a process with that id runs; one that has ended and was not waited for does not. */
async function isRunning(pid: number): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,stat=']);
  return stdout.split('\n').some((line) => {
    const [id, state] = line.trim().split(/\s+/);
    return Number(id) === pid && !state!.startsWith('Z');
  });
}

/** A request of one trace. */
function request(traceId: string): Buffer {
  const startTime = BigInt(Date.now()) * 1_000_000n;
  return Buffer.from(
    encodeTraces({
      resource: { 'service.name': 'shop' },
      scope: { name: 'test', version: '' },
      spans: Array.from({ length: SPANS }, () => ({
        traceId,
        spanId: randomBytes(8).toString('hex'),
        parentSpanId: '',
        traceState: '',
        name: 'GET /',
        kind: 2,
        startTime,
        endTime: startTime,
        // Text that does not compress.
        attributes: { noise: randomBytes(1_000).toString('base64') },
        events: [],
        status: { code: 0, message: '' },
      })),
    }),
  );
}

function send(url: string, traceId: string): Promise<Response> {
  return fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'dd-api-key': API_KEY },
    body: new Uint8Array(request(traceId)),
  });
}

/**
 * Four clients that send, one request after the other, until `running` ends; each request is a trace of its own, and
 * none is sent again. `statuses` has what each was answered, 0 for a connection that broke.
 */
function clients(url: string, running: AbortSignal) {
  const statuses = new Map<string, number>();
  const retryAfter = new Set<string | null>();
  const client = async () => {
    while (!running.aborted) {
      const traceId = randomBytes(16).toString('hex');
      statuses.set(traceId, 0);
      try {
        const response = await send(url, traceId);
        await response.arrayBuffer();
        statuses.set(traceId, response.status);
        if (response.status !== 200) {
          retryAfter.add(response.headers.get('retry-after'));
          await sleep(20);
        }
      } catch {
        await sleep(20);
      }
    }
  };
  return { statuses, retryAfter, done: Promise.all([client(), client(), client(), client()]) };
}

/** What `check` resolves to, once it is there; it is tried for 10 s. */
async function eventually<T>(check: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
    const value = await check();
    if (value !== undefined) return value;
  }
  throw new assert.AssertionError({ message: 'not within 10 s' });
}

/** Every request that was answered 200 is stored exactly once, every other once or not at all, and never in part. */
async function assertStoredOnce(directory: string, statuses: ReadonlyMap<string, number>): Promise<void> {
  const store = await openStore({ kind: 'embedded', directory: join(directory, 'clickhouse') }, silent);
  try {
    const rows = await store.query<{ trace_id: string; n: string }>(
      'SELECT trace_id, count() AS n FROM spans GROUP BY trace_id',
    );
    const stored = new Map(rows.map(({ trace_id, n }) => [trace_id, Number(n)]));
    for (const [traceId, status] of statuses) {
      const count = stored.get(traceId) ?? 0;
      assert.ok(count === SPANS || (status !== 200 && count === 0), `${traceId}: ${status}, ${count} spans`);
    }
  } finally {
    await store.close();
  }
}

const countOf = (statuses: ReadonlyMap<string, number>, status: number) =>
  [...statuses.values()].filter((value) => value === status).length;

test('the store process is killed twice under load', async (context) => {
  const directory = await temporaryDirectory();
  context.after(directory.remove);
  const platform = await start(context, directory.path);
  const running = new AbortController();
  const load = clients(platform.url, running.signal);
  for (let round = 0; round < 2; round++) {
    const acknowledged = countOf(load.statuses, 200);
    await eventually(async () => countOf(load.statuses, 200) > acknowledged + 20 || undefined);
    process.kill(await eventually(platform.storePid), 'SIGKILL');
    await eventually(async () => countOf(load.statuses, 503) > round || undefined);
  }
  const acknowledged = countOf(load.statuses, 200);
  await eventually(async () => countOf(load.statuses, 200) > acknowledged + 20 || undefined);
  running.abort();
  await load.done;
  assert.deepEqual([...new Set(load.statuses.values())].sort(), [200, 503]);
  assert.deepEqual([...load.retryAfter], ['2']);
  await stop(platform.child);
  await assertStoredOnce(directory.path, load.statuses);
});

test('the platform process is killed under load: the store ends, and the next platform has what was acknowledged', async (context) => {
  const directory = await temporaryDirectory();
  context.after(directory.remove);
  const first = await start(context, directory.path);
  const running = new AbortController();
  const load = clients(first.url, running.signal);
  await eventually(async () => countOf(load.statuses, 200) > 20 || undefined);
  const storePid = await eventually(first.storePid);
  await stop(first.child);
  running.abort();
  await load.done;

  const second = await start(context, directory.path);
  await eventually(async () => !(await isRunning(storePid)) || undefined);
  const traceId = randomBytes(16).toString('hex');
  assert.equal((await send(second.url, traceId)).status, 200);
  load.statuses.set(traceId, 200);
  await stop(second.child);
  await assertStoredOnce(directory.path, load.statuses);
});

/** A mount needs a namespace of its own, which ends with its processes; who is not root needs one for users, too. */
const NAMESPACE = process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--user', '--map-root-user'];
const onSmallDisk = (directory: string) => [
  ...['unshare', ...NAMESPACE, 'sh', '-c'],
  'mount -t tmpfs -o size=48m wardline "$1" && shift && exec "$@"',
  ...['sh', join(directory, 'clickhouse')],
];

test('the disk is full: 503 until there is room again', {
  skip: process.platform !== 'linux' && 'no tmpfs',
}, async (context) => {
  const directory = await temporaryDirectory();
  context.after(directory.remove);
  await mkdir(join(directory.path, 'clickhouse'));
  const platform = await start(context, directory.path, onSmallDisk(directory.path));
  const ask = async (count: number) => {
    const statuses: [number, string | null][] = [];
    for (let i = 0; i < count; i++) {
      const traceId = randomBytes(16).toString('hex');
      const response = await send(platform.url, traceId);
      await response.arrayBuffer();
      statuses.push([response.status, response.headers.get('retry-after')]);
      if (response.status === 200) acknowledged.push(traceId);
    }
    return statuses;
  };
  const acknowledged: string[] = [];
  assert.deepEqual(await ask(1), [[200, null]]);
  for (let round = 0; round < 2; round++) {
    await platform.tell('fill');
    assert.deepEqual(await ask(3), Array(3).fill([503, '2']));
    await platform.tell('free');
    await eventually(async () => (await ask(1))[0]![0] === 200 || undefined);
  }
  for (const traceId of acknowledged) {
    const response = await fetch(`${platform.url}/api/v2/trace/${traceId}`, { headers: KEYS });
    const { data } = (await response.json()) as { data: { attributes: { spans: unknown[] } } };
    assert.equal(data.attributes.spans.length, SPANS);
  }
});
