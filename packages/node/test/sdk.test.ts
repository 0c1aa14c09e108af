import assert from 'node:assert/strict';
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

const ATTRIBUTES: readonly { path: string; attributes: Record<string, unknown> }[] = [
  {
    path: '/user?user=ada',
    attributes: { 'user.id': 'ada', 'user.email': 'ada@example.org', 'session.id': 's-1' },
  },
  {
    path: '/success?user=ada',
    attributes: {
      'user.id': 'id-ada',
      'appsec.events.users.login.success.track': true,
      'appsec.events.users.login.success.usr.login': 'ada',
      'appsec.events.users.login.success.usr.id': 'id-ada',
      'appsec.events.users.login.success.device.kind': 'phone',
    },
  },
  {
    path: '/failure?user=ada',
    attributes: {
      'user.id': undefined,
      'appsec.events.users.login.failure.track': true,
      'appsec.events.users.login.failure.usr.login': 'ada',
      'appsec.events.users.login.failure.usr.exists': true,
      'appsec.events.users.login.failure.attempt': 3,
    },
  },
  {
    path: '/custom?user=ada',
    attributes: {
      'appsec.events.order.placed.track': true,
      'appsec.events.order.placed.user': 'ada',
      'appsec.events.order.placed.total': 12.5,
      'appsec.events.order.placed.nothing': undefined,
    },
  },
];

for (const runtime of RUNTIMES) {
  for (const mode of ['off', 'monitor', 'block'] as const) {
    describe(`appsec, ${runtime.name}, mode ${mode}`, { concurrency: 8 }, () => {
      let app: App;
      before(async () => {
        app = await startApp({ bundle, receiver, file: 'sdk.cjs', runtime, mode });
      });
      after(() => app?.stop());

      test('does nothing outside a request', () => {
        assert.match(app.output(), /^outside false false$/m);
      });

      for (const { path, attributes } of ATTRIBUTES) {
        test(`attributes of ${path}`, async () => {
          const { entry } = await (await app.request(path)).trace();
          const seen = Object.keys(attributes).map((name) => [name, entry.attributes[name]]);
          assert.deepEqual(Object.fromEntries(seen), attributes);
        });
      }

      test('takes nonsense', async () => {
        assert.equal((await app.request('/nonsense')).body, 'answered');
      });

      for (const path of ['/blocked-user', '/user-then-blocked']) {
        test(`${path} blocks who is on the list, in block mode`, async () => {
          assert.equal((await app.request(`${path}?user=ada`)).status, 200);
          const answer = await app.request(`${path}?user=mallory`);
          assert.equal(answer.status, mode === 'block' ? 403 : 200);
          const { entry, events } = await answer.trace();
          assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], mode === 'block' ? true : undefined);
          assert.deepEqual(
            events.map(({ rule }) => rule.id),
            mode === 'off' ? [] : ['test-blocked-user'],
          );
        });
      }

      test('a login is an input of the rules', async () => {
        const { events } = await (await app.request('/failure?user=root')).trace();
        assert.deepEqual(
          events.map(({ rule }) => rule.id),
          mode === 'off' ? [] : ['test-login-failure'],
        );
      });
    });
  }
}
