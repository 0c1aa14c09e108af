import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import fastify from 'fastify';
import { readableSpans } from '../../../telemetry/test/readable-spans.ts';
import { StoreError } from '../store/error.ts';
import type { Store } from '../store/store.ts';
import { registerIntake } from './index.ts';

const now = BigInt(Date.now()) * 1_000_000n;
const REQUEST = Buffer.from(
  ProtobufTraceSerializer.serializeRequest(
    readableSpans({
      resource: {},
      scope: { name: '', version: '' },
      spans: [
        {
          traceId: 'a'.repeat(32),
          spanId: 'b'.repeat(16),
          parentSpanId: '',
          traceState: '',
          name: 'x'.repeat(500),
          kind: 1,
          startTime: now,
          endTime: now,
          attributes: {},
          events: [],
          status: { code: 0, message: '' },
        },
      ],
    }),
  )!,
);

function intake(context: TestContext, insert: Store['insert']) {
  const app = fastify();
  context.after(() => app.close());
  const counters = registerIntake(app, {
    store: { insert },
    onSecurityEvents: () => {},
    authenticate: async () => undefined,
    limits: { inFlight: 4 * REQUEST.length, sent: 10 * REQUEST.length },
  });
  const post = () =>
    app.inject({
      method: 'POST',
      url: '/v1/traces',
      headers: { 'content-type': 'application/x-protobuf' },
      payload: REQUEST,
    });
  return { app, counters, post };
}

test('when the store fails: 503 with Retry-After, and 200 when it is back', async (context) => {
  const failures = [
    new StoreError('WARDLINE_STORE_UNAVAILABLE', 'connection refused'),
    new StoreError('WARDLINE_STORE_FAILED', 'no space left on device', { clickhouseCode: 243 }),
  ];
  const { post, counters } = intake(context, async () => {
    const failure = failures.pop();
    if (failure) throw failure;
  });
  for (let i = 0; i < 2; i++) {
    const response = await post();
    assert.equal(response.statusCode, 503);
    assert.equal(response.headers['retry-after'], '2');
    assert.match(response.body, /could not be stored; send them again later/);
    assert.doesNotMatch(response.body, /space|refused/);
  }
  assert.equal((await post()).statusCode, 200);
  assert.deepEqual([counters.requests, counters.failedRequests, counters.spans], [3, 2, 1]);
});

test('when too much waits to be stored: 429 with Retry-After, until it is stored', async (context) => {
  const inserts: (() => void)[] = [];
  const { post } = intake(context, () => new Promise<void>((resolve) => inserts.push(resolve)));
  const waiting = [post(), post(), post(), post()];
  await sleep(100);
  const refused = await post();
  assert.equal(refused.statusCode, 429);
  assert.equal(refused.headers['retry-after'], '1');
  assert.match(refused.body, /waiting to be stored; send the same again later/);
  while (inserts.length > 0) {
    inserts.pop()!();
    await sleep(20);
  }
  for (const response of await Promise.all(waiting)) assert.equal(response.statusCode, 200);
  const next = post();
  await sleep(50);
  inserts.pop()!();
  assert.equal((await next).statusCode, 200);
});

test('a client that goes away in the middle of its body holds nothing', async (context) => {
  const { app, post } = intake(context, async () => {});
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  for (let i = 0; i < 10; i++) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: ${2 * REQUEST.length}\r\n\r\n`,
    );
    socket.write(REQUEST);
    await sleep(10);
    socket.destroy();
  }
  await sleep(50);
  assert.equal((await post()).statusCode, 200);
});

test('a body without a length that never ends is cut off', async (context) => {
  const { app } = intake(context, async () => {});
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await sleep(1);
      controller.enqueue(new Uint8Array(REQUEST.length));
    },
  });
  const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body,
    duplex: 'half',
  } as RequestInit);
  assert.equal(response.status, 429);
});
