import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ATTRIBUTE } from '@wardline/telemetry';
import { type App, startApp } from './harness/app.ts';
import { type Bundle, bundleAgent } from './harness/bundle.ts';
import { type Database, startDatabase } from './harness/database.ts';
import { type Receiver, startReceiver } from './harness/receiver.ts';
import { PG_SINKS, PROGRAM_SINKS, SHELL_SINKS } from './harness/sink-cases.ts';
import { testSink } from './harness/sink-tests.ts';
import { RUNTIMES } from './support/runtimes.ts';

const SETUPS = [
  { title: 'Express 4, CommonJS', file: 'express.cjs', version: 'express4' },
  { title: 'Express 5, ES module', file: 'express.mjs', version: 'express' },
];
const JSON_TYPE = { 'content-type': 'application/json' };

/** Where a marker can stand in a request, and how it gets there. */
const PLACES: readonly { rule: string; path: string; init?: RequestInit }[] = [
  { rule: 'test-query', path: '/inputs?q=attack-query-seen' },
  { rule: 'test-query', path: '/inputs?a[b][]=attack%2Dquery-seen' },
  { rule: 'test-uri', path: '/inputs/attack-uri-seen' },
  { rule: 'test-headers', path: '/inputs', init: { headers: { 'x-thing': 'attack-headers-seen' } } },
  { rule: 'test-cookies', path: '/inputs', init: { headers: { cookie: 'a=1; b=attack%2Dcookies-seen' } } },
  {
    rule: 'test-nosql',
    path: '/inputs',
    init: { headers: { cookie: `filter=${encodeURIComponent('j:{"$ne":1}')}` } },
  },
  { rule: 'test-nosql', path: '/inputs?user[$ne]=1' },
  { rule: 'test-params', path: '/tenants/attack-params-seen' },
  { rule: 'test-params', path: '/tenants/one/users/attack-params-seen' },
  { rule: 'test-params', path: '/pattern/attack%2Dparams-seen' },
  {
    rule: 'test-body',
    path: '/inputs',
    init: { method: 'POST', headers: JSON_TYPE, body: '{"a":["attack-body-seen"]}' },
  },
  {
    rule: 'test-body',
    path: '/inputs',
    init: { method: 'POST', body: new URLSearchParams({ 'a[b]': 'attack-body-seen' }) },
  },
  {
    rule: 'test-body',
    path: '/inputs',
    init: { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'an attack-body-seen' },
  },
  {
    rule: 'test-body',
    path: '/inputs',
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from('an attack-body-seen'),
    },
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
  for (const { title, file, version } of SETUPS) {
    for (const mode of ['monitor', 'block'] as const) {
      describe(`${title}, ${runtime.name}, ${mode} mode`, { concurrency: 16 }, () => {
        let app: App;
        before(async () => {
          const env = { EXPRESS: version, DATABASE_URL: database.url };
          app = await startApp({ bundle, receiver, file, runtime, mode, env });
        });
        after(() => app?.stop());

        for (const sink of [...SHELL_SINKS, ...PROGRAM_SINKS, ...PG_SINKS]) testSink(sink, mode, () => app);
        testInputs(mode, () => app);
        testRoutes(() => app);
        testResponses(mode, () => app);
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
        JSON.stringify(entry.attributes),
      );
      if (mode === 'block') {
        assert.equal(answer.status, 403);
        assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], true);
        assert.ok(!app().output().includes(`case-${index}\n`), 'the handler ran');
        assert.ok(!/(param|user) attack/.test(app().output()), 'a handler of the parameter ran');
      } else {
        assert.notEqual(answer.status, 403);
        assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], undefined);
      }
    });
  }
}

function testRoutes(app: () => App): void {
  const routes: readonly [path: string, route: string | undefined][] = [
    ['/inputs', '/inputs'],
    ['/tenants/7', '/tenants/:tenant'],
    ['/tenants/7/users/9?x=1', '/tenants/:tenant/users/:id'],
    ['/pattern/abc', String(/^\/pattern\/([^/]+)$/)],
    ['/nowhere', undefined],
  ];
  for (const [path, route] of routes) {
    test(`the route of ${path} is ${route}`, async () => {
      const { entry } = await (await app().request(path)).trace();
      assert.equal(entry.attributes[ATTRIBUTE.httpRoute], route);
      assert.equal(entry.name, route === undefined ? 'GET' : `GET ${route}`);
      assert.equal(entry.attributes[ATTRIBUTE.urlPath], path.replace(/\?.*/, ''));
    });
  }

  test("an error of the application's reaches its error handler", async () => {
    const answer = await app().request('/fails');
    assert.equal(answer.status, 500);
    assert.equal(answer.body, 'application error');
    const { entry } = await answer.trace();
    assert.equal(entry.status.code, 2);
    assert.equal(entry.attributes[ATTRIBUTE.errorType], '500');
  });

  test("no error handler of the application's was asked about a block", () => {
    assert.ok(!/error handler: Stopped by Wardline/.test(app().output()), app().output());
  });
}

function testResponses(mode: 'monitor' | 'block', app: () => App): void {
  for (const [rule, path] of [
    ['test-response-status', '/status/418?header=x'],
    ['test-response-headers', '/status/200?header=attack-response-headers-seen'],
  ] as const) {
    test(`${rule} is seen before anything is sent`, async () => {
      const answer = await app().request(path);
      const { events } = await answer.trace();
      assert.deepEqual(
        events.map((event) => event.rule.id),
        [rule],
      );
      if (mode === 'monitor') {
        assert.equal(answer.body, 'answered');
      } else {
        assert.equal(answer.status, 403);
        assert.equal(answer.headers.get('x-answer'), null);
        assert.match(answer.body, /security_response_id/);
      }
    });
  }

  test('a sink that is attacked after the response has begun', async () => {
    const path = `/late?input=${encodeURIComponent('x; echo owned')}`;
    if (mode === 'monitor') {
      assert.equal((await app().request(path)).body, 'begundone');
      return;
    }
    await assert.rejects(app().request(path));
    assert.ok(app().isAlive());
    const answer = await app().request('/inputs');
    assert.equal(answer.status, 200);
    await answer.trace();
    const { port } = new URL(app().url);
    const failed = receiver.spans.some(
      ({ attributes }) =>
        attributes[ATTRIBUTE.serverPort] === Number(port) && attributes[ATTRIBUTE.appsecBlockFailed] === true,
    );
    assert.ok(failed, 'the entry span does not say that the answer was already under way');
  });
}
