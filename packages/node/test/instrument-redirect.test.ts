import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { type App, startApp } from './harness/app.ts';
import { type Bundle, bundleAgent } from './harness/bundle.ts';
import { type Receiver, startReceiver } from './harness/receiver.ts';
import { RUNTIMES } from './support/runtimes.ts';

/** Redirects to the host that it is given, twice to the same service, under one address and under another. */
const asked: string[] = [];
const target = createServer((request, response) => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  asked.push(url.host);
  const to = url.searchParams.get('to');
  if (to === null) response.end('fetched');
  else response.writeHead(302, { location: `http://${to}:${url.port}/` }).end();
});

let bundle: Bundle;
let receiver: Receiver;
before(async () => {
  [bundle, receiver] = await Promise.all([bundleAgent(), startReceiver()]);
  await new Promise<void>((resolve) => target.listen(0, '0.0.0.0', resolve));
});
after(async () => {
  target.closeAllConnections();
  target.close();
  await receiver.close();
});

for (const runtime of RUNTIMES) {
  const sinks = ['fetchRedirected', ...(runtime.name === 'node20' ? [] : ['undiciFetchRedirected'])];
  for (const mode of ['monitor', 'block'] as const) {
    describe(`a redirect, ${runtime.name}, ${mode} mode`, () => {
      let app: App;
      before(async () => {
        const env = { TARGET_PORT: String((target.address() as AddressInfo).port) };
        app = await startApp({ bundle, receiver, file: 'http.cjs', runtime, mode, env });
      });
      after(() => app?.stop());

      for (const sink of sinks) {
        // Over a new connection, and over the one that is kept from before.
        for (const round of ['first', 'second']) {
          test(`${sink}: that leads where an input says, ${round} time`, async () => {
            asked.length = 0;
            const harmless = await app.request(`/sinks/${sink}?input=127.0.0.1`);
            assert.equal(harmless.body, 'fetched');
            assert.equal(asked.length, 2);

            asked.length = 0;
            const answer = await app.request(`/sinks/${sink}?input=127.0.0.2`);
            const { events } = await answer.trace();
            assert.deepEqual(
              events.map(({ rule }) => rule.id),
              ['test-ssrf'],
            );
            assert.equal(answer.status, mode === 'block' ? 403 : 200, answer.body);
            assert.equal(asked.length, mode === 'block' ? 1 : 2);
            assert.ok(app.isAlive());
          });
        }
      }
    });
  }
}
