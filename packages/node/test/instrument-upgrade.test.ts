import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { ATTRIBUTE } from '@wardline/telemetry';
import { type App, startApp } from './harness/app.ts';
import { type Bundle, bundleAgent } from './harness/bundle.ts';
import { type Receiver, startReceiver } from './harness/receiver.ts';
import { RUNTIMES } from './support/runtimes.ts';

let bundle: Bundle;
let receiver: Receiver;
before(async () => {
  [bundle, receiver] = await Promise.all([bundleAgent(), startReceiver()]);
});
after(() => receiver.close());

for (const runtime of RUNTIMES) {
  for (const mode of ['monitor', 'block'] as const) {
    describe(`a WebSocket's handshake, ${runtime.name}, ${mode} mode`, () => {
      let app: App;
      before(async () => {
        app = await startApp({ bundle, receiver, file: 'http.cjs', runtime, mode });
      });
      after(() => app?.stop());

      test('is passed on, with a span', async () => {
        const { head, traceId } = await handshake(app, '/chat?room=1');
        assert.match(head, /^HTTP\/1\.1 101 /);
        const { entry, events } = await receiver.trace(traceId);
        assert.deepEqual(events, []);
        assert.equal(entry.attributes[ATTRIBUTE.urlPath], '/chat');
        assert.equal(entry.attributes[ATTRIBUTE.errorType], undefined);
      });

      test(`with an attack is ${mode === 'block' ? 'refused' : 'reported'}`, async () => {
        const { head, traceId } = await handshake(app, `/attacked-${mode}?q=attack-query-seen`);
        const { entry, events } = await receiver.trace(traceId);
        assert.deepEqual(
          events.map(({ rule }) => rule.id),
          ['test-query'],
        );
        if (mode === 'monitor') {
          assert.match(head, /^HTTP\/1\.1 101 /);
          return;
        }
        assert.match(head, /^HTTP\/1\.1 403 /);
        assert.match(head, /security_response_id/);
        assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], true);
        assert.ok(!app.output().includes('upgraded /attacked'));
        assert.ok(app.isAlive());
      });
    });
  }
}

/** Sends a handshake and resolves with all that comes until the server ends the connection. */
function handshake(app: App, path: string): Promise<{ head: string; traceId: string }> {
  const traceId = randomBytes(16).toString('hex');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    let head = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      head += text;
    });
    socket.on('error', reject).on('end', () => resolve({ head, traceId }));
    socket.write(
      `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: test\r\ntraceparent: 00-${traceId}-${traceId.slice(16)}-01\r\n\r\n`,
    );
  });
}
