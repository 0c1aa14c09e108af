import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ATTRIBUTE } from '@wardline/telemetry';
import { type App, startApp } from './harness/app.ts';
import { type Bundle, bundleAgent } from './harness/bundle.ts';
import { type Database, startDatabase } from './harness/database.ts';
import { type Receiver, startReceiver } from './harness/receiver.ts';
import { PG_SINKS, SHELL_SINKS } from './harness/sink-cases.ts';
import { testSink } from './harness/sink-tests.ts';
import { RUNTIMES } from './support/runtimes.ts';

let bundle: Bundle;
let receiver: Receiver;
let database: Database;
before(async () => {
  [bundle, receiver, database] = await Promise.all([bundleAgent(), startReceiver(), startDatabase()]);
});
after(() => Promise.all([receiver.close(), database.close()]));

for (const runtime of RUNTIMES) {
  describe(`packages that were loaded before the agent, ${runtime.name}`, { concurrency: 8 }, () => {
    let app: App;
    before(async () => {
      app = await startApp({
        bundle,
        receiver,
        file: 'loaded-before.cjs',
        runtime,
        mode: 'block',
        preload: false,
        env: { DATABASE_URL: database.url },
      });
    });
    after(() => app?.stop());

    for (const sink of [...SHELL_SINKS.slice(0, 1), ...PG_SINKS]) testSink(sink, 'block', () => app);

    test('the route is known', async () => {
      const { entry } = await (await app.request('/tenants/7/users/9')).trace();
      assert.equal(entry.attributes[ATTRIBUTE.httpRoute], '/tenants/:tenant/users/:id');
    });
  });

  test(`hooked functions look and work as before, ${runtime.name}`, () => {
    const run = (...args: string[]) =>
      execFileSync(runtime.binary, [...args, join(import.meta.dirname, 'apps/surface.cjs')], {
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          WARDLINE_APPSEC_ENABLED: 'block',
          WARDLINE_URL: receiver.url,
          WARDLINE_LOG_LEVEL: 'off',
        },
      });
    assert.equal(run('-r', bundle.registerCjs), run());
  });
}
