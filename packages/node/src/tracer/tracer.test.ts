import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type Context,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { MAX_HELD_BACK } from './local-trace.ts';
import type { RecordingSpan } from './span.ts';
import { suppressTracing } from './suppress.ts';
import { LeanTracerProvider } from './tracer.ts';

const EVENT = 'wardline.appsec.event';
const REMOTE: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
  isRemote: true,
};

interface Setup {
  sampleRate?: number;
  appsec?: boolean;
  mayKeep?: boolean;
}

function setUp({ sampleRate = 1, appsec = true, mayKeep = true }: Setup = {}) {
  const exported: RecordingSpan[] = [];
  const counts: string[] = [];
  const provider = new LeanTracerProvider(
    {
      sampleRate,
      securityEventsPossible: () => appsec,
      sink: {
        export: (span) => exported.push(span),
        mayKeep: () => mayKeep,
        count: (name) => counts.push(name),
      },
    },
    async () => {},
  );
  return { tracer: provider.getTracer('test', '1'), provider, exported, counts };
}

const within = (span: ReturnType<typeof trace.wrapSpanContext>, ctx: Context = ROOT_CONTEXT) =>
  trace.setSpan(ctx, span);
const remote = (flags: number) => trace.setSpanContext(ROOT_CONTEXT, { ...REMOTE, traceFlags: flags });
const names = (spans: RecordingSpan[]) => spans.map((span) => span.name);

test('a span becomes a record', () => {
  const { tracer, exported } = setUp();
  const parent = tracer.startSpan(
    'parent',
    { kind: SpanKind.SERVER, startTime: 1_700_000_000_000.5 },
    ROOT_CONTEXT,
  );
  const child = tracer.startSpan(
    'child',
    { attributes: { a: 1 }, startTime: [1_700_000_000, 600_000] },
    within(parent),
  );
  child.setAttribute('b', 'two').addEvent('event', { c: true }, 1_700_000_000_001);
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'broken' }).updateName('renamed');
  child.recordException(
    Object.assign(new TypeError('oops'), { stack: 'TypeError: oops\n    at f' }),
    new Date(1_700_000_000_002),
  );
  child.end(1_700_000_000_003);
  child.setAttribute('late', 1).updateName('late');
  child.end();
  parent.end(1_600_000_000_000);

  assert.equal(exported.length, 2);
  const [record, parentRecord] = exported.map((span) => span.toRecord());
  assert.match(record!.traceId, /^[0-9a-f]{32}$/);
  assert.match(record!.spanId, /^[0-9a-f]{16}$/);
  assert.deepEqual(record, {
    traceId: parentRecord!.traceId,
    spanId: record!.spanId,
    parentSpanId: parentRecord!.spanId,
    traceState: '',
    name: 'renamed',
    kind: 1,
    startTime: 1_700_000_000_000_600_098n,
    endTime: 1_700_000_000_003_000_000n,
    attributes: { a: 1, b: 'two' },
    events: [
      { time: 1_700_000_000_001_000_000n, name: 'event', attributes: { c: true } },
      {
        time: 1_700_000_000_002_000_000n,
        name: 'exception',
        attributes: {
          'exception.type': 'TypeError',
          'exception.message': 'oops',
          'exception.stacktrace': 'TypeError: oops\n    at f',
        },
      },
    ],
    status: { code: 2, message: 'broken' },
  });
  assert.equal(parentRecord!.kind, 2);
  assert.equal(parentRecord!.parentSpanId, '');
  assert.equal(parentRecord!.endTime, parentRecord!.startTime, 'an end before the start is moved to it');
});

test('times are those of the wall clock', () => {
  const { tracer, exported } = setUp();
  const before = BigInt(Date.now() - 2) * 1_000_000n;
  tracer.startSpan('now', {}, ROOT_CONTEXT).end();
  const { startTime, endTime } = exported[0]!.toRecord();
  assert.ok(startTime >= before && startTime <= endTime && endTime <= BigInt(Date.now() + 2) * 1_000_000n);
});

test('a status of OK is final', () => {
  const { tracer, exported } = setUp();
  const span = tracer.startSpan('ok', {}, ROOT_CONTEXT);
  span.setStatus({ code: SpanStatusCode.OK }).setStatus({ code: SpanStatusCode.ERROR, message: 'no' });
  span.end();
  assert.deepEqual(exported[0]!.toRecord().status, { code: 1, message: '' });
});

test('a trace that another service began goes on under its id', () => {
  const { tracer, exported } = setUp();
  tracer.startSpan('entry', {}, remote(1)).end();
  const record = exported[0]!.toRecord();
  assert.equal(record.traceId, REMOTE.traceId);
  assert.equal(record.parentSpanId, REMOTE.spanId);
});

test('root: true begins a new trace', () => {
  const { tracer } = setUp();
  const span = tracer.startSpan('root', { root: true }, remote(1));
  assert.notEqual(span.spanContext().traceId, REMOTE.traceId);
});

test('nothing is traced in a suppressed context', () => {
  const { tracer, exported } = setUp();
  const span = tracer.startSpan('own', {}, suppressTracing(ROOT_CONTEXT));
  span.end();
  assert.equal(span.isRecording(), false);
  assert.deepEqual(exported, []);
});

test('startActiveSpan in its three forms', () => {
  const { tracer, exported } = setUp();
  const end = (span: { end(): void }) => {
    span.end();
    return 'result';
  };
  assert.equal(tracer.startActiveSpan('one', end), 'result');
  assert.equal(tracer.startActiveSpan('two', { attributes: { a: 1 } }, end), 'result');
  assert.equal(tracer.startActiveSpan('three', {}, remote(1), end), 'result');
  assert.deepEqual(names(exported), ['one', 'two', 'three']);
  assert.equal(exported[2]!.toRecord().traceId, REMOTE.traceId);
});

test('a trace that is not sampled costs no recording while application security is off', () => {
  const { tracer, exported } = setUp({ sampleRate: 0, appsec: false });
  const span = tracer.startSpan('entry', {}, ROOT_CONTEXT);
  span.end();
  assert.equal(span.isRecording(), false);
  assert.equal(span.spanContext().traceFlags, 0);
  assert.deepEqual(exported, []);
});

test('the parent decides on sampling', () => {
  const { tracer, exported } = setUp({ sampleRate: 0 });
  tracer.startSpan('sampled', {}, remote(1)).end();
  tracer.startSpan('not sampled', {}, remote(0)).end();
  assert.deepEqual(names(exported), ['sampled']);
});

test('a security event keeps the whole local trace, and says so to the services behind', () => {
  const { tracer, exported } = setUp({ sampleRate: 0 });
  const entry = tracer.startSpan('entry', {}, remote(0));
  tracer.startSpan('before', {}, within(entry)).end();
  assert.equal(entry.spanContext().traceFlags, 0);
  entry.setAttribute(EVENT, true);
  assert.equal(entry.spanContext().traceFlags, 1);
  tracer.startSpan('after', {}, within(entry)).end();
  entry.end();
  tracer.startSpan('late', {}, within(entry)).end();
  assert.deepEqual(names(exported), ['before', 'after', 'entry', 'late']);
  assert.ok(exported.every((span) => span.local.security));
});

test('without an event the spans of an unsampled trace are dropped', () => {
  const { tracer, exported } = setUp({ sampleRate: 0 });
  const entry = tracer.startSpan('entry', {}, ROOT_CONTEXT);
  tracer.startSpan('child', {}, within(entry)).end();
  entry.setAttribute(EVENT, false);
  entry.end();
  tracer.startSpan('late', {}, within(entry)).end();
  assert.deepEqual(exported, []);
});

test('forced keeps are limited, sampled traces are not', () => {
  const { tracer, exported, counts } = setUp({ sampleRate: 0, mayKeep: false });
  tracer.startSpan('forced', {}, ROOT_CONTEXT).setAttribute(EVENT, true).end();
  tracer.startSpan('sampled', {}, remote(1)).setAttribute(EVENT, true).end();
  assert.deepEqual(names(exported), ['sampled']);
  assert.deepEqual(counts, ['tracer.security_traces_over_limit']);
});

test('what an unsampled trace holds back is bounded', () => {
  const { tracer, exported, counts } = setUp({ sampleRate: 0 });
  const entry = tracer.startSpan('entry', {}, ROOT_CONTEXT);
  for (let i = 0; i < MAX_HELD_BACK + 3; i++) tracer.startSpan('child', {}, within(entry)).end();
  entry.setAttribute(EVENT, true);
  assert.equal(exported.length, MAX_HELD_BACK);
  assert.equal(counts.length, 3);
});

test('a rate between 0 and 1 keeps about that share', () => {
  const { tracer, exported } = setUp({ sampleRate: 0.25, appsec: false });
  for (let i = 0; i < 4000; i++) tracer.startSpan('span', {}, ROOT_CONTEXT).end();
  assert.ok(exported.length > 800 && exported.length < 1200, `${exported.length} of 4000`);
});

test('ids do not repeat', () => {
  const { tracer } = setUp();
  const ids = new Set<string>();
  for (let i = 0; i < 5000; i++) ids.add(tracer.startSpan('span', {}, ROOT_CONTEXT).spanContext().spanId);
  assert.equal(ids.size, 5000);
});
