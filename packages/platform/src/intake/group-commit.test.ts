import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecurityEvent, SpanRecord } from '@wardline/telemetry';
import { StoreError } from '../store/error.ts';
import type { NativeBlock } from '../store/native/block.ts';
import type { Store } from '../store/store.ts';
import { type Group, GroupCommit } from './group-commit.ts';

interface Insert {
  table: string;
  /** Trace ids of spans, event ids. */
  rows: string[];
  finish(): void;
  fail(error: Error): void;
}

/** A store whose inserts the test ends. */
function manualStore() {
  const inserts: Insert[] = [];
  const insert: Store['insert'] = (table, rows) =>
    new Promise<void>((finish, fail) => {
      const ids = 'bytes' in rows ? traceIds(rows) : rows.map((event) => (event as SecurityEvent).event_id);
      inserts.push({ table, rows: ids, finish, fail });
    });
  return { inserts, insert };
}

/** The strings of a block's first column; all lengths here are below 128, so each is one byte. */
function traceIds({ columns, bytes }: NativeBlock): string[] {
  assert.equal(columns[0], 'trace_id');
  const buffer = Buffer.from(bytes);
  let at = 2 + (1 + 'trace_id'.length) + (1 + 'String'.length);
  return Array.from({ length: buffer[1]! }, () => {
    const start = at + 1;
    at = start + buffer[at]!;
    return buffer.toString('utf8', start, at);
  });
}

const OPTIONS = { window: 5, enough: 1_000, bytes: 2_000, inserts: 2 };
const BATCH = { resource: { 'service.name': 'shop' }, scope: { name: '', version: '' } };
const RESOURCE = { service: 'shop', env: '', version: '', host: '' };

function span(traceId: string, name = ''): SpanRecord {
  return {
    traceId,
    spanId: '',
    parentSpanId: '',
    traceState: '',
    name,
    kind: 0,
    startTime: 0n,
    endTime: 0n,
    attributes: { key: traceId },
    events: [],
    status: { code: 0, message: '' },
  };
}
const row = (id: string, name?: string) => (group: Group) =>
  group.spans.append(BATCH, RESOURCE, span(id, name), false);
const event = (id: string) => ({ event_id: id, timestamp: 1n }) as SecurityEvent;
const refusal = () => new StoreError('WARDLINE_STORE_FAILED', 'a bad row', { clickhouseCode: 117 });

test('requests within the window share an insert, and wait for it', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  let answered = 0;
  const requests = ['a', 'b', 'c'].map((text) => commits.add(row(text)).then(() => answered++));
  await sleep(30);
  assert.deepEqual(
    store.inserts.map(({ table, rows }) => [table, rows]),
    [['spans', ['a', 'b', 'c']]],
  );
  assert.equal(answered, 0);
  store.inserts[0]!.finish();
  await Promise.all(requests);
  assert.equal(answered, 3);
});

test('what comes during an insert is stored together when it ends', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  const first = commits.add(row('first'));
  await sleep(30);
  const others = [commits.add(row('second')), commits.add(row('third'))];
  await sleep(30);
  assert.equal(store.inserts.length, 1);
  store.inserts[0]!.finish();
  await first;
  await sleep(30);
  assert.deepEqual(store.inserts[1]!.rows, ['second', 'third']);
  store.inserts[1]!.finish();
  await Promise.all(others);
});

test('a large group does not wait, and only so many inserts run at once', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  const requests = ['a', 'b', 'c'].map((text) => commits.add(row(text, text.repeat(2_000))));
  assert.equal(store.inserts.length, 2);
  store.inserts[0]!.finish();
  await requests[0];
  await sleep(0);
  assert.equal(store.inserts.length, 3);
  store.inserts[1]!.finish();
  store.inserts[2]!.finish();
  await Promise.all(requests);
});

test('a group that is large enough starts as soon as the insert before has ended', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, { ...OPTIONS, window: 60_000 });
  const first = commits.add(row('first', 'x'.repeat(1_200)));
  const second = commits.add(row('second', 'x'.repeat(1_200)));
  assert.equal(store.inserts.length, 1);
  store.inserts[0]!.finish();
  await first;
  await sleep(0);
  assert.deepEqual(store.inserts[1]!.rows, ['second']);
  store.inserts[1]!.finish();
  await second;
});

test('a failed insert fails its requests only, and their rows are not stored later', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  const failing = [commits.add(row('a')), commits.add(row('b'))];
  await sleep(30);
  const next = commits.add(row('c'));
  store.inserts[0]!.fail(new Error('disk full'));
  for (const request of failing) await assert.rejects(request, /disk full/);
  await sleep(30);
  assert.deepEqual(store.inserts[1]!.rows, ['c']);
  store.inserts[1]!.finish();
  await next;
});

test('a request that can not be written leaves no rows behind', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  const good = commits.add(row('good'));
  const unwritable = {
    toJSON() {
      throw new Error('in the middle');
    },
  } as never;
  assert.throws(
    () =>
      commits.add((group) => {
        row('whole')(group);
        group.events.push(event('whole'));
        const half = { ...span('half', 'a name'), attributes: { first: '1', second: unwritable } };
        group.spans.append(BATCH, RESOURCE, half, false);
      }),
    /in the middle/,
  );
  const next = commits.add(row('next'));
  await sleep(30);
  assert.deepEqual(
    store.inserts.map(({ rows }) => rows),
    [['good', 'next']],
  );
  store.inserts[0]!.finish();
  await Promise.all([good, next]);
});

test('security events are handed on once both inserts have ended well', async () => {
  const store = manualStore();
  const handed: string[] = [];
  const commits = new GroupCommit(store, (events) => handed.push(...events.map((e) => e.event_id)), OPTIONS);
  const add = (id: string) =>
    commits.add((group) => {
      row(id)(group);
      group.events.push(event(id));
    });
  const failing = add('1');
  await sleep(30);
  assert.deepEqual(
    store.inserts.map(({ table, rows }) => [table, rows]),
    [
      ['spans', ['1']],
      ['security_events', ['1']],
    ],
  );
  store.inserts[1]!.finish();
  store.inserts[0]!.fail(new Error('no'));
  await assert.rejects(failing, /no/);
  assert.deepEqual(handed, []);

  const good = add('2');
  await sleep(30);
  store.inserts[2]!.finish();
  await sleep(0);
  assert.deepEqual(handed, []);
  store.inserts[3]!.finish();
  await good;
  assert.deepEqual(handed, ['2']);
});

test('rows that the store refuses fail their request only, and are not inserted twice', async () => {
  const inserted: string[][] = [];
  const handed: string[] = [];
  const store: Pick<Store, 'insert'> = {
    async insert(table, rows) {
      const ids = 'bytes' in rows ? traceIds(rows) : rows.map((row) => (row as SecurityEvent).event_id);
      if (ids.includes(table === 'spans' ? 'bad span' : 'bad event')) throw refusal();
      inserted.push(ids);
    },
  };
  const commits = new GroupCommit(store, (events) => handed.push(...events.map((e) => e.event_id)), OPTIONS);
  const requests = ['a', 'b', 'bad span', 'c', 'bad event', 'd', 'none'].map((id) =>
    commits.add((group) => {
      if (id === 'none') return;
      row(id)(group);
      group.events.push(event(id));
    }),
  );
  const results = await Promise.allSettled(requests);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
  );
  const all = ['a', 'a', 'b', 'b', 'bad event', 'bad span', 'c', 'c', 'd', 'd'];
  assert.deepEqual(inserted.flat().sort(), all);
  assert.deepEqual(handed, ['a', 'b', 'c', 'd']);
});

test('when the store is not available in the middle of that, what is stored is stored', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  const requests = ['a', 'b', 'c', 'd'].map((id) => commits.add(row(id)));
  await sleep(30);
  store.inserts[0]!.fail(refusal());
  await sleep(0);
  store.inserts[1]!.finish();
  await sleep(0);
  assert.deepEqual(store.inserts[2]!.rows, ['c', 'd']);
  store.inserts[2]!.fail(new StoreError('WARDLINE_STORE_UNAVAILABLE', 'gone'));
  const results = await Promise.allSettled(requests);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected'],
  );
});

test('a request without rows inserts nothing', async () => {
  const store = manualStore();
  await new GroupCommit(store, () => {}, OPTIONS).add(() => {});
  assert.deepEqual(store.inserts, []);
});
