import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import {
  ATTRIBUTE,
  encodeTraces,
  type SecurityEvent,
  type SpanBatch,
  type SpanRecord,
} from '@wardline/telemetry';
import fc from 'fast-check';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { pino } from 'pino';
import { readableSpans } from '../../../telemetry/test/readable-spans.ts';
import { spanBatches } from '../../../telemetry/test/span-batch.ts';
import { openStore, type Store, StoreError } from '../store/index.ts';
import { type IntakeCounters, registerIntake } from './index.ts';

const PROTOBUF = 'application/x-protobuf';
const KEY = 'test-key';

let directory: string;
let store: Store;
let app: FastifyInstance;
let counters: IntakeCounters;
let received: SecurityEvent[];

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wardline-intake-'));
  store = await openStore({ kind: 'embedded', directory }, pino({ level: 'silent' }));
});
after(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async (context) => {
  received = [];
  app = fastify();
  counters = registerIntake(app, {
    store,
    onSecurityEvents: (events) => received.push(...events),
    authenticate: async (request, reply) => {
      if (request.headers['dd-api-key'] !== KEY)
        return reply.code(401).send({ errors: ['API key required'] });
    },
    limits: { sent: 200_000, decompressed: 400_000, inFlight: 800_000 },
  });
  if ('after' in context) context.after(() => app.close());
});

let nextId = 1;

function span(attributes: SpanRecord['attributes'] = {}): SpanRecord {
  const id = (nextId++).toString(16);
  const startTime = BigInt(Date.now()) * 1_000_000n;
  return {
    traceId: id.padStart(32, 'a'),
    spanId: id.padStart(16, 'b'),
    parentSpanId: '',
    traceState: '',
    name: 'GET /',
    kind: 2,
    startTime,
    endTime: startTime + 1_500_000n,
    attributes,
    events: [],
    status: { code: 0, message: '' },
  };
}

function batchOf(...spans: SpanRecord[]): SpanBatch {
  return {
    resource: { 'service.name': 'shop', 'deployment.environment.name': 'test', 'host.name': 'h' },
    scope: { name: 'test', version: '1' },
    spans,
  };
}

function post(payload: Uint8Array | string, headers: Record<string, string> = {}) {
  const options: InjectOptions = {
    method: 'POST',
    url: '/v1/traces',
    headers: { 'dd-api-key': KEY, 'content-type': PROTOBUF, ...headers },
    payload: Buffer.from(payload),
  };
  return app.inject(options);
}

const stored = (traceId: string) =>
  store.query('SELECT * FROM spans WHERE trace_id = {id:String}', { id: traceId });

test('a span of the OpenTelemetry SDK, in each encoding and compression, is stored before the answer', async () => {
  const encodings = [
    { type: PROTOBUF, serialize: ProtobufTraceSerializer },
    { type: 'application/json', serialize: JsonTraceSerializer },
    { type: 'application/json; charset=utf-8', serialize: JsonTraceSerializer },
  ];
  const compressions = [
    { name: undefined, compress: (bytes: Uint8Array) => bytes },
    { name: 'identity', compress: (bytes: Uint8Array) => bytes },
    { name: 'gzip', compress: gzipSync },
    { name: 'deflate', compress: deflateSync },
  ];
  for (const { type, serialize } of encodings) {
    for (const { name, compress } of compressions) {
      const sent = span({ 'http.route': '/é"\\\u0000', count: 5, ratio: 0.5, ok: true, list: ['a', 1] });
      sent.events = [{ time: sent.startTime, name: 'exception', attributes: { 'exception.message': 'no' } }];
      sent.status = { code: 2, message: 'failed' };
      const body = compress(serialize.serializeRequest(readableSpans(batchOf(sent)))!);
      const headers = { 'content-type': type, ...(name && { 'content-encoding': name }) };
      const response = await post(body, headers);
      assert.equal(response.statusCode, 200, response.body);
      assert.equal(response.headers['content-type'], type.split(';')[0]);
      assert.equal(response.body, type === PROTOBUF ? '' : '{}');
      const [row] = await stored(sent.traceId);
      const { start_time, ...rest } = row as { start_time: string };
      assert.equal(
        Date.parse(`${start_time.slice(0, 23).replace(' ', 'T')}Z`),
        Number(sent.startTime / 1_000_000n),
      );
      assert.deepEqual(rest, {
        trace_id: sent.traceId,
        span_id: sent.spanId,
        parent_span_id: '',
        trace_state: '',
        name: 'GET /',
        kind: 'server',
        service: 'shop',
        env: 'test',
        version: '',
        host: 'h',
        duration_ns: '1500000',
        status: 'error',
        status_message: 'failed',
        scope: 'test',
        resource: { 'service.name': 'shop', 'deployment.environment.name': 'test', 'host.name': 'h' },
        attributes: { 'http.route': '/é"\\\u0000', count: '5', ratio: '0.5', ok: 'true', list: '["a",1]' },
        events: JSON.stringify([
          { time: String(sent.startTime), name: 'exception', attributes: { 'exception.message': 'no' } },
        ]),
        has_appsec_event: 0,
      });
    }
  }
  assert.equal(counters.spans, encodings.length * compressions.length);
});

test('any span that can be encoded is stored as it is', async () => {
  await fc.assert(
    fc.asyncProperty(spanBatches(), async (batch) => {
      const startTime = BigInt(Date.now()) * 1_000_000n;
      for (const each of batch.spans) each.startTime = startTime;
      const response = await post(encodeTraces(batch));
      assert.equal(response.statusCode, 200, response.body);
      for (const each of batch.spans) {
        const sql = `SELECT name, trace_state, status_message, attributes, length(events) AS events FROM spans
          WHERE trace_id = {trace:String} AND span_id = {span:String} ORDER BY start_time DESC LIMIT 1`;
        const [row] = await store.query<Record<string, unknown>>(sql, {
          trace: each.traceId,
          span: each.spanId,
        });
        assert.equal(row!.name, each.name);
        assert.equal(row!.trace_state, each.traceState);
        assert.equal(row!.status_message, each.status.message);
        const strings = Object.entries(each.attributes).filter(([, value]) => typeof value === 'string');
        for (const [key, value] of strings)
          assert.equal((row!.attributes as Record<string, string>)[key], value);
      }
    }),
    { numRuns: 30 },
  );
});

test('lone surrogates, which only JSON can carry, do not fail the insert, wherever they stand', async () => {
  const { traceId, spanId, startTime } = span();
  const lone = 'a\ud800" b';
  const clean = 'a\ufffd" b';
  const attribute = (key: string, text: string) => ({ key, value: { stringValue: text } });
  const triggers = JSON.parse(JSON.stringify(TRIGGERS).replaceAll('sql_injection', '\\ud800')) as object;
  const attributes = [
    attribute(lone, lone),
    { key: 'list', value: { arrayValue: { values: [{ stringValue: lone }] } } },
    attribute('user.id', lone),
    attribute(ATTRIBUTE.appsecTriggers, JSON.stringify(triggers)),
  ];
  const sent = {
    traceId,
    spanId,
    startTimeUnixNano: String(startTime),
    name: lone,
    traceState: lone,
    status: { message: lone },
    attributes,
    events: [{ name: lone, attributes: [attribute(lone, lone)] }],
  };
  const request = {
    resourceSpans: [
      {
        resource: { attributes: [attribute('service.name', lone), attribute(lone, lone)] },
        scopeSpans: [{ scope: { name: lone }, spans: [sent] }],
      },
    ],
  };
  const response = await post(JSON.stringify(request), { 'content-type': 'application/json' });
  assert.equal(response.statusCode, 200, response.body);
  const [row] = (await stored(traceId)) as Record<string, unknown>[];
  for (const column of ['name', 'service', 'scope', 'trace_state', 'status_message'])
    assert.equal(row![column], clean, column);
  assert.deepEqual(row!.resource, { 'service.name': clean, [clean]: clean });
  assert.equal((row!.attributes as Record<string, string>)[clean], clean);
  const [event] = await store.query<Record<string, string>>(
    'SELECT service, user_id, type FROM security_events WHERE trace_id = {id:String}',
    { id: traceId },
  );
  assert.deepEqual(event, { service: clean, user_id: clean, type: '\ufffd' });
});

test('rows that the store refuses: 400 for their request only', async () => {
  const refusing = fastify();
  registerIntake(refusing, {
    store: {
      insert: async (table, rows) => {
        if ('bytes' in rows && Buffer.from(rows.bytes).includes('poison')) {
          throw new StoreError('WARDLINE_STORE_FAILED', 'ClickHouse: Cannot parse (117 INCORRECT_DATA)', {
            clickhouseCode: 117,
          });
        }
        await store.insert(table, rows);
      },
    },
    onSecurityEvents: () => {},
    authenticate: async () => undefined,
  });
  const spans = [span(), span({ a: 'poison' }), span()];
  const responses = await Promise.all(
    spans.map((one) =>
      refusing.inject({
        method: 'POST',
        url: '/v1/traces',
        headers: { 'content-type': PROTOBUF },
        payload: Buffer.from(encodeTraces(batchOf(one))),
      }),
    ),
  );
  assert.deepEqual(
    responses.map(({ statusCode }) => statusCode),
    [200, 400, 200],
  );
  assert.match(responses[1]!.body, /can't be stored as they are: .*INCORRECT_DATA/);
  const counts = await Promise.all(spans.map(async ({ traceId }) => (await stored(traceId)).length));
  assert.deepEqual(counts, [1, 0, 1]);
  await refusing.close();
});

const TRIGGERS = {
  triggers: [
    {
      rule: {
        id: 'rasp-942-100',
        name: 'SQL injection exploit',
        tags: { type: 'sql_injection', category: 'vulnerability_trigger', confidence: '1' },
        on_match: ['stack_trace'],
      },
      rule_matches: [
        {
          operator: 'sqli_detector',
          operator_value: '',
          parameters: [
            {
              resource: { address: 'server.db.statement', key_path: [], value: "SELECT '' OR 1=1" },
              params: { address: 'server.request.query', key_path: ['q', 0], value: "' OR 1=1" },
              highlight: ["' OR 1=1"],
            },
          ],
        },
      ],
      stack_id: 'stack-1',
    },
  ],
};

test('security events are stored, and handed on after that; a resend makes no other event', async () => {
  const stack = { id: 'stack-1', language: 'nodejs', frames: [] };
  const sent = span({
    'wardline.appsec.event': true,
    'wardline.appsec.triggers': JSON.stringify(TRIGGERS),
    'wardline.appsec.stack': JSON.stringify([{ id: 'other' }, stack]),
    'client.address': '203.0.113.7',
    'http.response.status_code': 200,
    'appsec.events.users.login.failure.track': true,
    'appsec.events.users.login.failure.usr.login': 'alice',
  });
  for (let i = 0; i < 2; i++) assert.equal((await post(encodeTraces(batchOf(sent)))).statusCode, 200);
  const sql = `SELECT activity, rule_id, service, env, client_ip, user_login, address, key_path, value, stack, blocked,
    status_code, toString(timestamp) AS time FROM security_events FINAL WHERE trace_id = {id:String} ORDER BY event_id`;
  const rows = await store.query<{ time: string }>(sql, { id: sent.traceId });
  const common = { service: 'shop', env: 'test', client_ip: '203.0.113.7', blocked: 0, status_code: 200 };
  assert.deepEqual(
    rows.map(({ time: _, ...row }) => row),
    [
      {
        ...common,
        activity: 'vulnerability_trigger.sql_injection',
        rule_id: 'rasp-942-100',
        user_login: '',
        address: 'server.request.query',
        key_path: 'q.0',
        value: "' OR 1=1",
        stack: JSON.stringify(stack),
      },
      {
        ...common,
        activity: 'business_logic.users.login.failure',
        rule_id: '',
        user_login: 'alice',
        address: '',
        key_path: '',
        value: '',
        stack: '',
      },
    ],
  );
  assert.equal(received.length, 4);
  assert.equal(received[0]!.event_id, received[2]!.event_id);
  assert.equal(received[0]!.timestamp, sent.startTime);
  const [row] = await store.query('SELECT has_appsec_event FROM spans WHERE trace_id = {id:String}', {
    id: sent.traceId,
  });
  assert.deepEqual(row, { has_appsec_event: 1 });
});

test('triggers that are no JSON are counted, and the span is stored', async () => {
  const sent = span({ 'wardline.appsec.event': true, 'wardline.appsec.triggers': '{"triggers":[{' });
  assert.equal((await post(encodeTraces(batchOf(sent)))).statusCode, 200);
  assert.equal(counters.malformedTriggers, 1);
  assert.deepEqual(received, []);
  assert.equal((await stored(sent.traceId)).length, 1);
});

test('spans that cannot be stored are told in the answer, the others are stored', async () => {
  const noId = { ...span(), traceId: '00' };
  const old = { ...span(), startTime: 1_544_712_660_000_000_000n };
  const future = { ...span(), startTime: BigInt(Date.now() + 3 * 86_400_000) * 1_000_000n };
  const good = span();
  const batch = batchOf({ ...noId, traceId: '' }, old, future, old, good);
  const response = await post(encodeTraces(batch));
  assert.equal(response.statusCode, 200);
  const { partialSuccess } = ProtobufTraceSerializer.deserializeResponse(response.rawPayload);
  assert.equal(partialSuccess!.rejectedSpans, 4);
  assert.match(
    partialSuccess!.errorMessage!,
    /^not stored: 1 spans without a trace id or a span id; 2 spans that started more than 15 days ago.*; 1 spans that start more than a day ahead/,
  );
  assert.equal((await stored(good.traceId)).length, 1);
  const json = await post(JsonTraceSerializer.serializeRequest(readableSpans(batchOf(old)))!, {
    'content-type': 'application/json',
  });
  assert.equal(json.json().partialSuccess.rejectedSpans, '1');
});

test('an empty request is accepted', async () => {
  assert.equal((await post('')).statusCode, 200);
  const json = { 'content-type': 'application/json' };
  assert.equal((await post('{}', json)).body, '{}');
});

const LARGE = encodeTraces(batchOf(span({ large: 'x'.repeat(250_000) })));
const FAULTS: {
  name: string;
  payload: Uint8Array | string;
  headers?: Record<string, string>;
  status: number;
  message: RegExp;
}[] = [
  { name: 'malformed protobuf', payload: 'hello', status: 400, message: /malformed protobuf.*at byte 3/ },
  {
    name: 'malformed JSON',
    payload: '{"resourceSpans":',
    headers: { 'content-type': 'application/json' },
    status: 400,
    message: /the body is not JSON: Unexpected end/,
  },
  {
    name: 'an empty JSON body',
    payload: '',
    headers: { 'content-type': 'application/json' },
    status: 400,
    message: /not JSON/,
  },
  {
    name: 'a wrong type in JSON',
    payload: '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}',
    headers: { 'content-type': 'application/json' },
    status: 400,
    message: /resourceSpans\[0\]\.scopeSpans\[0\]\.spans\[0\]\.traceId: expected 32 hexadecimal digits/,
  },
  {
    name: 'another content type',
    payload: 'x',
    headers: { 'content-type': 'text/plain' },
    status: 415,
    message: /content type text\/plain is not supported; use application\/x-protobuf or application\/json/,
  },
  {
    name: 'another content encoding',
    payload: 'x',
    headers: { 'content-encoding': 'br' },
    status: 415,
    message: /content encoding br is not supported; use gzip, deflate or none/,
  },
  {
    name: 'a body that is not gzip',
    payload: 'hello',
    headers: { 'content-encoding': 'gzip' },
    status: 400,
    message: /could not be read as gzip: incorrect header check/,
  },
  {
    name: 'gzip cut off',
    payload: gzipSync(encodeTraces(batchOf(span()))).subarray(0, 40),
    headers: { 'content-encoding': 'gzip' },
    status: 400,
    message: /could not be read as gzip: unexpected end of file/,
  },
  {
    name: 'a body too large',
    payload: LARGE,
    status: 413,
    message: /has 250\d+ bytes, more than 200000; send smaller/,
  },
  {
    name: 'a compressed body too large',
    payload: gzipSync(Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i * 31) % 251)), {
      level: 0,
    }),
    headers: { 'content-encoding': 'gzip' },
    status: 413,
    message: /more than 200000/,
  },
  {
    name: 'a zip bomb',
    payload: gzipSync(Buffer.alloc(50_000_000)),
    headers: { 'content-encoding': 'gzip' },
    status: 413,
    message: /decompresses to more than 400000 bytes; send smaller batches/,
  },
  {
    name: 'a zip bomb in deflate',
    payload: deflateSync(Buffer.alloc(50_000_000)),
    headers: { 'content-encoding': 'deflate' },
    status: 413,
    message: /decompresses to more than 400000 bytes/,
  },
];

for (const { name, payload, headers, status, message } of FAULTS) {
  test(`${name}: ${status}, and the next request is served`, async () => {
    const response = await post(payload, headers);
    assert.equal(response.statusCode, status, response.body);
    assert.match(response.body, message);
    const json = headers?.['content-type'] !== undefined;
    assert.equal(response.headers['content-type'], json ? 'application/json' : PROTOBUF);
    if (json) assert.equal(typeof response.json().code, 'number');
    assert.equal(counters.failedRequests, 1);
    assert.equal((await post(encodeTraces(batchOf(span())))).statusCode, 200);
  });
}

test('without a key nothing is read or stored', async () => {
  const sent = span();
  const response = await post(encodeTraces(batchOf(sent)), { 'dd-api-key': 'wrong' });
  assert.equal(response.statusCode, 401);
  assert.deepEqual(await stored(sent.traceId), []);
  assert.equal(counters.requests, 0);
});

test('logs and metrics: 404 that says what to do, in the encoding of the request', async () => {
  for (const [signal, variable] of [
    ['logs', 'OTEL_LOGS_EXPORTER'],
    ['metrics', 'OTEL_METRICS_EXPORTER'],
  ]) {
    for (const type of [PROTOBUF, 'application/json']) {
      const response = await app.inject({
        method: 'POST',
        url: `/v1/${signal}`,
        headers: { 'dd-api-key': KEY, 'content-type': type },
        payload: '{}',
      });
      assert.equal(response.statusCode, 404);
      assert.equal(response.headers['content-type'], type);
      assert.match(response.body, new RegExp(`${signal} are not taken here, only traces.*${variable}=none`));
    }
    assert.equal((await app.inject({ method: 'POST', url: `/v1/${signal}` })).statusCode, 401);
  }
});

test('without a content type: 415', async () => {
  const response = await app.inject({
    method: 'POST',
    url: '/v1/traces',
    headers: { 'dd-api-key': KEY },
    payload: Buffer.from('x'),
  });
  assert.equal(response.statusCode, 415, response.body);
});
