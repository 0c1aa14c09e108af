import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ATTRIBUTE } from '@wardline/telemetry';
import { type App, startApp } from './harness/app.ts';
import { type Bundle, bundleAgent } from './harness/bundle.ts';
import { type Database, startDatabase } from './harness/database.ts';
import { type Receiver, startReceiver } from './harness/receiver.ts';
import { PG_SINKS, SHELL_SINKS } from './harness/sink-cases.ts';
import { testSink } from './harness/sink-tests.ts';
import { RUNTIMES } from './support/runtimes.ts';

const PLACES: readonly { rule: string; path: string; init?: RequestInit }[] = [
  { rule: 'test-query', path: '/inputs?q=attack-query-seen' },
  { rule: 'test-cookies', path: '/inputs', init: { headers: { cookie: 'a=attack-cookies-seen' } } },
  { rule: 'test-params', path: '/tenants/one/users/attack-params-seen' },
  {
    rule: 'test-body',
    path: '/inputs',
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":["attack-body-seen"]}',
    },
  },
  {
    rule: 'test-body',
    path: '/inputs',
    init: { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'attack-body-seen' },
  },
];

let bundle: Bundle;
let receiver: Receiver;
let database: Database;
before(async () => {
  [bundle, receiver, database] = await Promise.all([bundleAgent(), startReceiver(), startDatabase()]);
});
after(() => Promise.all([receiver.close(), database.close()]));

for (const runtime of RUNTIMES) {
  for (const file of ['fastify.cjs', 'fastify.mjs']) {
    for (const mode of ['monitor', 'block'] as const) {
      describe(`${file}, ${runtime.name}, ${mode} mode`, { concurrency: 16 }, () => {
        let app: App;
        before(async () => {
          app = await startApp({
            bundle,
            receiver,
            file,
            runtime,
            mode,
            env: { DATABASE_URL: database.url },
          });
        });
        after(() => app?.stop());

        for (const sink of [...SHELL_SINKS, ...PG_SINKS]) testSink(sink, mode, () => app);
        testInputs(mode, () => app);

        test('the route of a prefixed plugin', async () => {
          const { entry } = await (await app.request('/tenants/7/users/9?x=1')).trace();
          assert.equal(entry.attributes[ATTRIBUTE.httpRoute], '/tenants/:tenant/users/:id');
          assert.equal(entry.name, 'GET /tenants/:tenant/users/:id');
        });

        test('a path without a route has none', async () => {
          const { entry } = await (await app.request('/nowhere')).trace();
          assert.equal(entry.attributes[ATTRIBUTE.httpRoute], undefined);
        });

        test("an error of the application's reaches its error handler", async () => {
          const answer = await app.request('/fails');
          assert.equal(answer.body, 'application error');
          const { entry } = await answer.trace();
          assert.equal(entry.attributes[ATTRIBUTE.httpStatus], 500);
        });

        test('a block error that nobody catches', async () => {
          const answer = await app.request(`/callback?input=${encodeURIComponent('x; echo owned')}`);
          assert.equal(answer.status, mode === 'block' ? 403 : 200);
          assert.ok(app.isAlive());
        });

        after(() => {
          assert.ok(!/error handler: Stopped by Wardline/.test(app.output()), app.output());
        });
      });
    }
  }
}

function testInputs(mode: 'monitor' | 'block', app: () => App): void {
  for (const [index, { rule, path, init }] of PLACES.entries()) {
    test(`${rule} in ${init?.method ?? 'GET'} ${path}`, async () => {
      const headers = new Headers(init?.headers);
      headers.set('case', `case-${index}`);
      const answer = await app().request(path, { ...init, headers });
      const { entry, events } = await answer.trace();
      assert.deepEqual(
        events.map((event) => event.rule.id),
        [rule],
      );
      assert.equal(answer.status, mode === 'block' ? 403 : 200);
      assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], mode === 'block' ? true : undefined);
      if (mode === 'block') {
        assert.ok(!app().output().includes(`case-${index}\n`), 'the handler ran');
        assert.ok(!/user attack/.test(app().output()), 'the handler of the parameter ran');
      }
    });
  }
}
