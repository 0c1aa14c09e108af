import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ATTRIBUTE } from '@wardline/telemetry';
import { type App, startApp } from './harness/app.ts';
import { type Bundle, bundleAgent } from './harness/bundle.ts';
import { type Receiver, startReceiver } from './harness/receiver.ts';
import { RUNTIMES } from './support/runtimes.ts';

const ATTACK = encodeURIComponent('x; echo owned-$((6*7))');
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let bundle: Bundle;
let receiver: Receiver;
before(async () => {
  [bundle, receiver] = await Promise.all([bundleAgent(), startReceiver()]);
});
after(() => receiver.close());

for (const runtime of RUNTIMES) {
  describe(`a block, ${runtime.name}`, () => {
    let app: App;
    before(async () => {
      const env = { WARDLINE_TRUSTED_PROXIES: '1' };
      app = await startApp({ bundle, receiver, file: 'http.cjs', runtime, mode: 'block', env });
    });
    after(() => app?.stop());

    for (const [accept, type] of [
      ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html; charset=utf-8'],
      ['application/json, text/html', 'application/json'],
      ['*/*', 'application/json'],
    ] as const) {
      test(`is answered as ${type} to Accept: ${accept}`, async () => {
        const answer = await app.request('/page?q=attack-query-seen', { headers: { accept } });
        assert.equal(answer.status, 403);
        assert.equal(answer.headers.get('content-type'), type);
        assert.equal(answer.headers.get('content-length'), String(Buffer.byteLength(answer.body)));
        assert.equal(answer.headers.get('x-answer'), null);
        const { events, entry } = await answer.trace();
        const id = events[0]?.security_response_id;
        assert.match(id ?? '', UUID);
        assert.ok(answer.body.includes(id ?? '-'), 'the page quotes the response id of the event');
        assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], true);
        assert.ok(!app.output().includes('handled /page'), 'the handler ran');
      });
    }

    test('may be a redirect', async () => {
      const answer = await app.request('/page?q=attack-redirect');
      assert.equal(answer.status, 303);
      const { events } = await answer.trace();
      assert.equal(answer.headers.get('location'), `/blocked?id=${events[0]?.security_response_id}`);
    });

    test('has no body for HEAD', async () => {
      const answer = await app.request('/page?q=attack-query-seen', { method: 'HEAD' });
      assert.equal(answer.status, 403);
      assert.equal(answer.body, '');
    });

    test('leaves the connection usable while the client still sends a body', async () => {
      const body = 'x'.repeat(500_000);
      for (let i = 0; i < 3; i++) {
        const answer = await app.request('/page?q=attack-query-seen', { method: 'POST', body });
        assert.equal(answer.status, 403);
      }
      assert.equal((await app.request('/fine')).body, 'answered');
    });

    test('goes by the address that the trusted proxy saw', async () => {
      const as = (forwarded: string) =>
        app.request('/from', { headers: { 'x-forwarded-for': forwarded } }).then(({ status }) => status);
      assert.equal(await as('203.0.113.7'), 403);
      assert.equal(await as('198.51.100.1, 203.0.113.7'), 403);
      assert.equal(await as('198.51.100.1, ::ffff:203.0.113.7'), 403);
      assert.equal(await as('203.0.113.7, 198.51.100.1'), 200);
      assert.equal(await as('nonsense'), 200);
    });

    for (const [path, what] of [
      ['sync/x', 'thrown out of the request listener'],
      ['sinks/exec', 'rejected, and nobody catches it'],
      ['wrapped/x', 'wrapped in an error of the application, and nobody catches that'],
      ['body/x', 'thrown after the body was read by events'],
    ] as const) {
      test(`ends as a 403 and not the process: ${what}`, async () => {
        const answer = await app.request(`/${path}?input=${ATTACK}`, { method: 'POST', body: 'some' });
        assert.equal(answer.status, 403, answer.body);
        assert.match(answer.body, /security_response_id/);
        assert.ok(app.isAlive());
        const { entry, stacks } = await answer.trace();
        assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], true);
        assert.equal(stacks.length, 1);
      });
    }

    test('stands although the application swallows the error and answers', async () => {
      const answer = await app.request(`/swallow/x?input=${ATTACK}`);
      assert.equal(answer.status, 403);
      assert.equal(answer.headers.get('x-error'), null);
      assert.ok(!answer.body.includes('swallowed'));
      const { entry } = await answer.trace();
      assert.equal(entry.attributes[ATTRIBUTE.httpStatus], 403);
    });

    test('stops a sink after the response, which is reported in a span of its own', async () => {
      const answer = await app.request(`/after-response/x?input=${ATTACK}`);
      assert.equal(answer.body, 'answered');
      const late = await eventually(() =>
        receiver.spans.find(
          (span) => span.traceId === answer.traceId && span.attributes[ATTRIBUTE.appsecEvent] === true,
        ),
      );
      assert.equal(late.attributes[ATTRIBUTE.appsecBlocked], true);
      assert.match(String(late.attributes[ATTRIBUTE.appsecTriggers]), /test-shi/);
      assert.ok(!app.output().includes('ran after-response'));
      assert.ok(app.isAlive());
    });

    test('stops a sink of a client that has gone away', async () => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
      await once(socket, 'connect');
      const before = app.output().split('ran exec\n').length;
      socket.end(`GET /sinks/exec?input=${ATTACK} HTTP/1.1\r\nhost: x\r\n\r\n`);
      socket.destroySoon();
      await sleep(300);
      assert.equal(app.output().split('ran exec\n').length, before);
      assert.ok(app.isAlive());
    });

    test('does not keep an error of the application from being its end', async () => {
      for (const how of ['throw', 'reject']) {
        const other = await startApp({ bundle, receiver, file: 'http.cjs', runtime, mode: 'block' });
        await assert.rejects(other.request(`/trigger/${how}`));
        assert.match(other.output(), /Error: of the application/);
        await eventually(() => !other.isAlive() || undefined);
      }
    });
  });

  describe(`no block, ${runtime.name}`, () => {
    for (const mode of ['monitor', 'off'] as const) {
      test(`in mode ${mode}`, async () => {
        const app = await startApp({ bundle, receiver, file: 'http.cjs', runtime, mode });
        try {
          for (const path of ['/page?q=attack-query-seen', '/page?q=attack-redirect']) {
            const answer = await app.request(path);
            assert.equal(answer.body, 'answered');
            const { entry, events } = await answer.trace();
            assert.equal(events.length, mode === 'monitor' ? 1 : 0);
            assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], undefined);
            assert.equal(entry.attributes[ATTRIBUTE.appsecMode], mode === 'monitor' ? 'monitor' : undefined);
          }
          const spoofed = await app.request('/from', { headers: { 'x-forwarded-for': '203.0.113.7' } });
          const { events } = await spoofed.trace();
          assert.deepEqual(events, [], 'without trusted proxies the header proves nothing');
        } finally {
          await app.stop();
        }
      });
    }
  });
}

async function eventually<T>(find: () => T | undefined): Promise<T> {
  for (let i = 0; i < 100; i++) {
    const found = find();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error('it did not happen within 5 s');
}
