import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { context } from '@opentelemetry/api';
import { AsyncContextManager } from '../tracer/context-manager.ts';
import { isTracingSuppressed } from '../tracer/suppress.ts';
import { createRequester } from './request.ts';

context.setGlobalContextManager(new AsyncContextManager());

async function serve(t: TestContext, listener: RequestListener): Promise<{ url: URL; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path?query`), server };
}

const GET = { method: 'GET', headers: {}, timeout: 5000, maxResponse: 1024 } as const;

test('sends a body, returns status, headers and body', async (t) => {
  const { url } = await serve(t, (request, response) => {
    request.setEncoding('utf8').on('data', (text) => {
      response.writeHead(418, { 'retry-after': '7' });
      response.end(`${request.method} ${request.url} ${request.headers['content-length']} ${text}`);
    });
  });
  const requester = createRequester();
  const response = await requester.send({ ...GET, method: 'POST', url, body: Buffer.from('hello') });
  requester.close();
  assert.equal(response.status, 418);
  assert.equal(response.headers['retry-after'], '7');
  assert.equal(response.body.toString(), 'POST /path?query 5 hello');
});

test('a kept connection that the server closed meanwhile is replaced', async (t) => {
  let connections = 0;
  const { url, server } = await serve(t, ({ socket }, response) => {
    // Answers, and closes the connection without having said so.
    response.end('ok', () => setTimeout(() => socket.destroy(), 5));
  });
  server.on('connection', () => connections++);
  const requester = createRequester();
  for (let i = 0; i < 5; i++) {
    assert.equal((await requester.send({ ...GET, url })).status, 200);
    await new Promise((resolve) => setTimeout(resolve, 4 + i));
  }
  requester.close();
  assert.ok(connections > 1);
});

const FAULTS: [string, RequestListener, RegExp][] = [
  ['no answer', () => {}, /no complete answer within 200 ms/],
  [
    'half an answer',
    (_request, response) => response.writeHead(200).write('half'),
    /no complete answer within 200 ms/,
  ],
  ['a connection that breaks', (request) => request.socket.destroy(), /socket hang up/],
  [
    'an answer that breaks',
    (_request, response) => response.write('half', () => response.destroy()),
    /aborted/,
  ],
  ['too long an answer', (_request, response) => response.end('x'.repeat(2000)), /longer than 1024 bytes/],
  ['an answer that is not HTTP', (request) => request.socket.end('nonsense\r\n\r\n'), /Parse Error/],
];

for (const [name, listener, expected] of FAULTS) {
  test(`rejects on ${name}`, async (t) => {
    const { url } = await serve(t, listener);
    const requester = createRequester();
    await assert.rejects(requester.send({ ...GET, url, timeout: 200 }), expected);
    requester.close();
  });
}

test('rejects where nothing listens', async () => {
  const requester = createRequester();
  const url = new URL('http://127.0.0.1:9/');
  await assert.rejects(requester.send({ ...GET, url }), { code: 'ECONNREFUSED' });
});

test("runs in a context of its own, without the application's", () => {
  const storage = new AsyncLocalStorage<string>();
  const requester = createRequester();
  storage.run('of a request', () => {
    assert.deepEqual(
      requester.detached(() => [storage.getStore(), isTracingSuppressed()]),
      [undefined, true],
    );
    assert.equal(isTracingSuppressed(), false);
  });
});
