import assert from 'node:assert/strict';
import test from 'node:test';
import { SpanQueue } from './span-queue.ts';

const span = (name: string, size = 1, security = false) => ({ name, size, local: { security } });
const NONE = { spans: Infinity, bytes: Infinity };
const names = (queue: SpanQueue<ReturnType<typeof span>>) => queue.take(NONE).map(({ name }) => name);

test('spans leave in the order in which they came', () => {
  const queue = new SpanQueue<ReturnType<typeof span>>({ spans: 10, bytes: 100 });
  for (const name of ['a', 'b', 'c', 'd']) queue.push(span(name, 10));
  assert.deepEqual(
    queue.take({ spans: 2, bytes: 100 }).map(({ name }) => name),
    ['a', 'b'],
  );
  assert.equal(queue.bytes, 20);
  queue.putBack([span('a', 10), span('b', 10)]);
  assert.deepEqual(names(queue), ['a', 'b', 'c', 'd']);
  assert.equal(queue.bytes, 0);
});

test('a batch is bounded in bytes, but has at least one span', () => {
  const queue = new SpanQueue<ReturnType<typeof span>>({ spans: 10, bytes: 1000 });
  for (const name of ['a', 'b', 'c']) queue.push(span(name, 40));
  assert.equal(queue.take({ spans: 10, bytes: 100 }).length, 2);
  assert.equal(queue.take({ spans: 10, bytes: 1 }).length, 1);
});

test('over the limit the oldest ordinary spans go, an eighth of the queue at once', () => {
  const queue = new SpanQueue<ReturnType<typeof span>>({ spans: 16, bytes: 1000 });
  for (let i = 0; i < 16; i++) assert.equal(queue.push(span(`${i}`, 1, i === 0)), undefined);
  assert.deepEqual(queue.push(span('16')), { ordinary: 3, security: 0 });
  assert.deepEqual(names(queue), [
    '0',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '10',
    '11',
    '12',
    '13',
    '14',
    '15',
    '16',
  ]);
});

test('security spans go only where there are no others', () => {
  const queue = new SpanQueue<ReturnType<typeof span>>({ spans: 8, bytes: 1000 });
  for (let i = 0; i < 8; i++) queue.push(span(`${i}`, 1, true));
  assert.deepEqual(queue.push(span('ordinary')), { ordinary: 1, security: 0 });
  assert.deepEqual(queue.push(span('8', 1, true)), { ordinary: 0, security: 1 });
  assert.deepEqual(names(queue), ['1', '2', '3', '4', '5', '6', '7', '8']);
});

test('the bound in bytes holds', () => {
  const queue = new SpanQueue<ReturnType<typeof span>>({ spans: 1000, bytes: 80 });
  for (let i = 0; i < 100; i++) {
    queue.push(span(`${i}`, 10));
    assert.ok(queue.bytes <= 80);
  }
  assert.equal(queue.length, queue.bytes / 10);
});

test('a trace that turns out to be an attack protects the spans that wait already', () => {
  const queue = new SpanQueue<ReturnType<typeof span>>({ spans: 2, bytes: 100 });
  const early = span('early');
  queue.push(early);
  early.local = { security: true };
  queue.push(span('b'));
  queue.push(span('c'));
  assert.ok(names(queue).includes('early'));
});

test('batches count as the spans that are in them', () => {
  const queue = new SpanQueue<{ size: number; count: number; local: { security: boolean } }>({
    spans: Infinity,
    bytes: 100,
  });
  const batch = (security: boolean) => ({ size: 40, count: 512, local: { security } });
  queue.push(batch(true));
  queue.push(batch(false));
  assert.deepEqual([queue.length, queue.count], [2, 1024]);
  assert.deepEqual(queue.push(batch(true)), { ordinary: 512, security: 0 });
  const [first] = queue.take({ spans: 1, bytes: Infinity });
  assert.deepEqual([first?.local.security, queue.count], [true, 512]);
  queue.putBack([first!]);
  assert.equal(queue.count, 1024);
});
