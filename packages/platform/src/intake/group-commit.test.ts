import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecurityEvent } from '@wardline/telemetry';
import { type Group, GroupCommit } from './group-commit.ts';

interface Insert {
  table: string;
  rows: string;
  finish(): void;
  fail(error: Error): void;
}

/** A store whose inserts the test ends. */
function manualStore() {
  const inserts: Insert[] = [];
  return {
    inserts,
    insert: (table: string, rows: Uint8Array | readonly object[]) =>
      new Promise<void>((finish, fail) => {
        inserts.push({ table, rows: Buffer.from(rows as Uint8Array).toString(), finish, fail });
      }),
  };
}

const OPTIONS = { window: 5, bytes: 100, inserts: 2 };
const row = (text: string) => (group: Group) => group.spans.raw(`${text}\n`);
const event = (id: string) => ({ event_id: id, timestamp: 1n }) as SecurityEvent;

test('requests within the window share an insert, and wait for it', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  let answered = 0;
  const requests = ['a', 'b', 'c'].map((text) => commits.add(row(text)).then(() => answered++));
  await sleep(30);
  assert.deepEqual(
    store.inserts.map(({ table, rows }) => [table, rows]),
    [['spans', 'a\nb\nc\n']],
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
  assert.equal(store.inserts[1]!.rows, 'second\nthird\n');
  store.inserts[1]!.finish();
  await Promise.all(others);
});

test('a large group does not wait, and only so many inserts run at once', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  const requests = ['a', 'b', 'c'].map((text) => commits.add(row(text.repeat(200))));
  assert.equal(store.inserts.length, 2);
  store.inserts[0]!.finish();
  await requests[0];
  await sleep(0);
  assert.equal(store.inserts.length, 3);
  store.inserts[1]!.finish();
  store.inserts[2]!.finish();
  await Promise.all(requests);
});

test('a failed insert fails its requests only, and their rows are not stored later', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  const failing = [commits.add(row('a')), commits.add(row('b'))];
  await sleep(30);
  const next = commits.add(row('c'));
  store.inserts[0]!.fail(new Error('disk full'));
  for (const request of failing) await assert.rejects(request, /disk full/);
  await sleep(0);
  assert.equal(store.inserts[1]!.rows, 'c\n');
  store.inserts[1]!.finish();
  await next;
});

test('a request that can not be written leaves no rows behind', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store, () => {}, OPTIONS);
  const good = commits.add(row('good'));
  assert.throws(
    () =>
      commits.add((group) => {
        group.spans.raw('half a row');
        group.events.push(event('half'));
        throw new Error('in the middle');
      }),
    /in the middle/,
  );
  await sleep(30);
  assert.deepEqual(
    store.inserts.map(({ rows }) => rows),
    ['good\n'],
  );
  store.inserts[0]!.finish();
  await good;
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
      ['spans', '1\n'],
      ['security_events', '{"event_id":"1","timestamp":1}\n'],
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

test('a request without rows inserts nothing', async () => {
  const store = manualStore();
  await new GroupCommit(store, () => {}, OPTIONS).add(() => {});
  assert.deepEqual(store.inserts, []);
});
