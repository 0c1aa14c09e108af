/**
 * What chDB takes by its own bulk insert: the same spans as JSON, 20,480 rows at a time, into the same table, from
 * memory, and nothing else at work. It is forked with a directory and a number of seconds, and reports rows a second.
 */
import { readFile } from 'node:fs/promises';
import { Session } from 'chdb';
import { spanBatch } from './spans.ts';

const ROWS = 20_480;
const SCHEMA = new URL('../../packages/platform/src/store/schema/0001_spans.sql', import.meta.url);

const [directory, seconds] = process.argv.slice(2) as [string, string];
const { resource, scope, spans } = spanBatch(ROWS);
const text = (map: object) =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value)]));
const rows = spans.map((span) => ({
  trace_id: span.traceId,
  span_id: span.spanId,
  parent_span_id: span.parentSpanId,
  name: span.name,
  kind: span.kind === 2 ? 'server' : 'client',
  service: resource['service.name'],
  env: resource['deployment.environment.name'],
  version: resource['service.version'],
  host: resource['host.name'],
  start_time: (Number(span.startTime / 1_000n) / 1_000_000).toFixed(6),
  duration_ns: Number(span.endTime - span.startTime),
  status: 'unset',
  scope: scope.name,
  resource: text(resource),
  attributes: text(span.attributes),
  events: '[]',
}));
const values = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

const session = new Session(directory);
await session.queryAsync(await readFile(SCHEMA, 'utf8'));
const insert = () => session.insert({ table: 'spans', values, format: 'JSONEachRow' });
await insert();
const start = performance.now();
let inserted = 0;
while (performance.now() - start < 1_000 * Number(seconds)) {
  await insert();
  inserted += ROWS;
}
process.send?.((1_000 * inserted) / (performance.now() - start), () => process.exit());
