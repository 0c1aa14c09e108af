import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { SpanRecord } from '@wardline/telemetry';
import { pino } from 'pino';
import { openStore, type Store } from '../store/index.ts';
import { SpanColumns } from './span-columns.ts';

let directory: string;
let store: Store;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wardline-columns-'));
  store = await openStore({ kind: 'embedded', directory }, pino({ level: 'silent' }));
});
after(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => store.command('TRUNCATE TABLE spans'));

const NOW = BigInt(Date.now()) * 1_000_000n;

function span(number: number, attributes: SpanRecord['attributes'] = {}): SpanRecord {
  return {
    traceId: 'a'.repeat(32),
    spanId: String(number).padStart(16, '0'),
    parentSpanId: '',
    traceState: '',
    name: `name ${number}`,
    kind: 2,
    startTime: NOW,
    endTime: NOW + BigInt(number),
    attributes,
    events: [],
    status: { code: 2, message: '' },
  };
}

function batch(service: string) {
  const resource = { 'service.name': service, [`only ${service}`]: 'yes' };
  return { resource, scope: { name: `scope of ${service}`, version: '' } };
}

const append = (columns: SpanColumns, of: ReturnType<typeof batch>, record: SpanRecord) =>
  columns.append(
    of,
    { service: of.resource['service.name']!, env: '', version: '', host: '' },
    record,
    false,
  );

async function stored() {
  const rows = await store.query<{
    n: number;
    service: string;
    scope: string;
    resource: object;
    attributes: object;
  }>('SELECT toUInt32(span_id) AS n, service, scope, resource, attributes FROM spans ORDER BY n');
  return rows.map(({ n, service, scope, resource, attributes }) => {
    assert.deepEqual([scope, resource], [batch(service).scope.name, batch(service).resource]);
    return [n, service, attributes];
  });
}

test('slices hold their rows, with the resource of their batch', async () => {
  const columns = new SpanColumns();
  const batches = [batch('shop'), batch('stock')];
  const expected: unknown[] = [];
  for (let i = 0; i < 12; i++) {
    const attributes = Object.fromEntries(Array.from({ length: i % 4 }, (_, n) => [`key ${n}`, `${i}`]));
    const of = batches[Math.floor(i / 3) % 2]!;
    append(columns, of, span(i, attributes));
    expected.push([i, of.resource['service.name'], attributes]);
  }
  for (const [from, to] of [
    [0, 1],
    [1, 5],
    [5, 12],
  ])
    await store.insert('spans', columns.block(from, to));
  assert.deepEqual(await stored(), expected);
});

test('rows that were taken back are not there, nor is what they began', async () => {
  const columns = new SpanColumns();
  const shop = batch('shop');
  append(columns, shop, span(1, { a: '1' }));
  append(columns, batch('stock'), span(2, { b: '2' }));
  columns.truncate(1);
  append(columns, shop, span(3, {}));
  append(columns, shop, span(4, { c: '4' }));
  await store.insert('spans', columns.block());
  assert.deepEqual(await stored(), [
    [1, 'shop', { a: '1' }],
    [3, 'shop', {}],
    [4, 'shop', { c: '4' }],
  ]);
  columns.truncate(0);
  append(columns, shop, span(5));
  assert.equal(columns.rows, 1);
  await store.insert('spans', columns.block());
  assert.equal((await stored()).length, 4);
});

test('dictionaries with more keys than 8 and 16 bits can number', async () => {
  for (const keys of [256, 257, 65_536, 65_537]) {
    await store.command('TRUNCATE TABLE spans');
    const columns = new SpanColumns();
    const of = batch('shop');
    for (let i = 0; i < keys; i++) append(columns, of, span(i, { [`key ${i}`]: '' }));
    await store.insert('spans', columns.block());
    const rows = await store.query(`SELECT count() AS n, uniqExact(name) AS names,
      countIf(name = concat('name ', toString(toUInt32(span_id)))) AS named,
      countIf(mapKeys(attributes) = [concat('key ', toString(toUInt32(span_id)))]) AS keyed FROM spans`);
    const n = String(keys);
    assert.deepEqual(rows, [{ n, names: n, named: n, keyed: n }]);
  }
});
