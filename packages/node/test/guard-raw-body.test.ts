import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ATTRIBUTE } from '@wardline/telemetry';
import { type App, startApp } from './harness/app.ts';
import { type Bundle, bundleAgent } from './harness/bundle.ts';
import { type Receiver, startReceiver } from './harness/receiver.ts';
import { RUNTIMES } from './support/runtimes.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const COMMAND = 'x; echo owned-$((6*7))';

const form = (fields: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  data.append('file', new Blob([Buffer.alloc(10_000, 0)]), 'zeros.bin');
  return data;
};

const CASES: Record<string, { path: string; init: RequestInit; rule: string; loot: string }> = {
  'a JSON body that reaches a command': {
    path: '/raw/exec',
    init: { headers: JSON_TYPE, body: JSON.stringify({ input: COMMAND }) },
    rule: 'test-shi',
    loot: 'owned-42',
  },
  'the same, called an image': {
    path: '/raw/exec',
    init: { headers: { 'content-type': 'image/png' }, body: JSON.stringify({ input: COMMAND }) },
    rule: 'test-shi',
    loot: 'owned-42',
  },
  'the same, compressed': {
    path: '/raw/exec',
    init: {
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ input: COMMAND })),
    },
    rule: 'test-shi',
    loot: 'owned-42',
  },
  'a field of a multipart form that reaches a command': {
    path: '/raw/exec',
    init: { body: form({ input: COMMAND }) },
    rule: 'test-shi',
    loot: 'owned-42',
  },
  'a JSON body': {
    path: '/raw/none',
    init: { headers: JSON_TYPE, body: '{"a":[{"b":"attack-body-seen"}]}' },
    rule: 'test-body',
    loot: 'answered',
  },
  'a form': {
    path: '/raw/none',
    init: { body: new URLSearchParams({ a: 'attack-body-seen' }) },
    rule: 'test-body',
    loot: 'answered',
  },
  'a file name in a form': {
    path: '/raw/none',
    init: {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name=f; filename="attack-body-seen"\r\n\r\n\0\r\n--x--',
    },
    rule: 'test-body',
    loot: 'answered',
  },
};

let bundle: Bundle;
let receiver: Receiver;
before(async () => {
  [bundle, receiver] = await Promise.all([bundleAgent(), startReceiver()]);
});
after(() => receiver.close());

for (const runtime of RUNTIMES) {
  for (const mode of ['monitor', 'block'] as const) {
    describe(`a body that no framework parses, ${runtime.name}, ${mode} mode`, () => {
      let app: App;
      before(async () => {
        app = await startApp({ bundle, receiver, file: 'http.cjs', runtime, mode });
      });
      after(() => app?.stop());

      for (const [name, { path, init, rule, loot }] of Object.entries(CASES)) {
        test(name, async () => {
          const headers = new Headers(init.headers);
          headers.set('case', name.replaceAll(' ', '-'));
          const answer = await app.request(path, { method: 'POST', ...init, headers });
          const { entry, events } = await answer.trace();
          assert.deepEqual(
            events.map((event) => event.rule.id),
            [rule],
          );
          if (mode === 'monitor') {
            assert.ok(answer.body.includes(loot), answer.body);
            return;
          }
          assert.equal(answer.status, 403, answer.body);
          assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], true);
          if (path === '/raw/exec') assert.ok(!app.output().includes(`ran ${headers.get('case')}\n`));
        });
      }

      test('a harmless one', async () => {
        const body = JSON.stringify({ input: 'hello', more: 'x'.repeat(500_000) });
        const answer = await app.request('/raw/exec', { method: 'POST', headers: JSON_TYPE, body });
        assert.equal(answer.body, 'hello\n');
        const { events } = await answer.trace();
        assert.deepEqual(events, []);
      });
    });
  }
}
