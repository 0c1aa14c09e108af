/** The shop under attack, from the request to the signal, on the oldest Node.js that the agent runs on and on the platform's. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ruleset } from '@wardline/rules';
import {
  ATTEMPTS,
  BENIGN,
  bruteForce,
  type Exploit,
  exploits,
  type Shop,
  send,
  startShop,
} from '../examples/shop/run/index.ts';
import {
  eventually,
  nodeOf,
  root,
  securityEvents,
  signals,
  startTestPlatform,
  type TestPlatform,
  trace,
} from './harness.ts';

/** Which rule names the signal of an exploit's type. */
const EXPLOITED: Record<string, string> = {
  sql_injection: 'SQL injection exploited',
  command_injection: 'Command injection exploited',
  lfi: 'Local file inclusion exploited',
  ssrf: 'SSRF exploited',
};

/** The number of the line of the shop's source on which a text stands. */
function lineOf(file: string, text: string): number {
  const lines = readFileSync(join(root, 'examples/shop', file), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform();
});
after(() => platform.close());

const start = (
  major: 20 | 24,
  mode: 'monitor' | 'block',
  env: string,
  environment?: Record<string, string>,
) =>
  startShop({
    platformUrl: platform.url,
    apiKey: platform.credentials.apiKey,
    mode,
    env,
    nodePath: nodeOf(major),
    ...(environment && { environment }),
  });

const ran = (shop: Shop, attack: Exploit) =>
  shop.output.filter((line) => line === `${attack.service}: ${attack.ran}`).length;

for (const major of [20, 24] as const) {
  describe(`monitor mode on Node.js ${major}`, () => {
    const env = `monitor-${major}`;
    let shop: Shop;
    before(async () => {
      shop = await start(major, 'monitor', env);
    });
    after(() => shop.stop());

    for (const request of BENIGN) {
      it(`lets pass: ${request.name}`, async () => {
        const { status, text } = await send(shop.url, request);
        assert.ok(status < 400, `${status} ${text}`);
      });
    }

    it('has reported nothing of the benign traffic', async () => {
      // Spans of benign requests take up to a second; an event would have come with its span.
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const reported = await securityEvents(platform, `env:${env} -@appsec.category:business_logic`);
      assert.deepEqual(
        reported.map(({ rule_id, value }) => [rule_id, value]),
        [],
      );
    });

    for (const attack of exploits('http://127.0.0.1:1')) {
      it(`reports the exploit with its trace and its line: ${attack.name}`, async () => {
        const live = exploits(shop.internal.url).find(({ name }) => name === attack.name) as Exploit;
        const { text } = await send(shop.url, live);
        assert.ok(text.includes(live.loot), `the attack succeeds; the answer was ${text}`);
        assert.ok(ran(shop, live) > 0, 'the sink ran');

        const query = `env:${env} @appsec.security_activity:vulnerability_trigger.${live.type} service:${live.service}`;
        const line = lineOf(live.file, live.line);
        const event = await eventually('event of the exploit at its line', async () => {
          const events = await securityEvents(platform, query);
          return events.find(({ stack }) => stack?.frames.find(({ in_app }) => in_app)?.line === line);
        });
        assert.equal(event.blocked, false);
        const frame = event.stack?.frames.find(({ in_app }) => in_app);
        assert.ok(frame?.file.endsWith(live.file), `${frame?.file} is ${live.file}`);

        const spans = await eventually('whole trace', async () => {
          const found = await trace(platform, event.trace_id);
          const services = new Set(found.map(({ service }) => service));
          return live.touched.every((service) => services.has(service)) ? found : undefined;
        });
        assert.ok(spans.some(({ kind, service }) => kind === 'client' && service === 'gateway'));
        if (live.type === 'sql_injection') {
          assert.ok(
            spans.some(({ meta }) => meta['db.query.text']?.includes('SELECT id, name, price FROM products')),
          );
        }
        const marked = spans.find(
          ({ service, meta }) => service === live.service && meta['wardline.appsec.event'],
        );
        assert.equal(marked?.kind, 'server');

        await eventually('signal', async () => {
          const found = await signals(platform, `env:${env} service:${live.service} status:critical`);
          return found.find(
            ({ attributes }) => attributes.custom.workflow.rule.name === EXPLOITED[live.type],
          );
        });
      });
    }

    for (const attempt of ATTEMPTS) {
      it(`reports the attempt: ${attempt.name}`, async () => {
        await send(shop.url, attempt);
        await eventually('event of the attempt', async () => {
          const query = `env:${env} service:gateway @appsec.security_activity:attack_attempt.${attempt.type}`;
          return (await securityEvents(platform, query))[0];
        });
      });
    }

    it('raises a signal for a brute force on one account', async () => {
      for (const request of bruteForce(45)) assert.equal((await send(shop.url, request)).status, 401);
      await eventually('signal of the brute force', async () => {
        const found = await signals(platform, `env:${env} "Brute force"`);
        return found[0];
      });
    });
  });

  describe(`block mode on Node.js ${major}`, () => {
    const env = `block-${major}`;
    let shop: Shop;
    before(async () => {
      shop = await start(major, 'block', env);
    });
    after(() => shop.stop());

    for (const request of BENIGN) {
      it(`lets pass: ${request.name}`, async () => {
        const { status, text } = await send(shop.url, request);
        assert.ok(status < 400, `${status} ${text}`);
      });
    }

    for (const attack of exploits('http://127.0.0.1:1')) {
      it(`answers 403 and the sink does not run: ${attack.name}`, async () => {
        const live = exploits(shop.internal.url).find(({ name }) => name === attack.name) as Exploit;
        const [before, hits] = [ran(shop, live), shop.internal.hits()];
        const { status, text, headers } = await send(shop.url, live);
        assert.equal(status, 403);
        assert.match(headers.get('content-type') ?? '', /^application\/json/);
        assert.ok(!text.includes(live.loot));
        assert.ok(JSON.parse(text).security_response_id);
        assert.equal(ran(shop, live), before);
        assert.equal(shop.internal.hits(), hits);
      });
    }

    it('answers with a page to those who ask for HTML', async () => {
      const [attack] = exploits(shop.internal.url) as [Exploit];
      const answer = await send(shop.url, { ...attack, headers: { accept: 'text/html' } });
      assert.equal(answer.status, 403);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    });

    it('has reported what it blocked', async () => {
      await eventually('event of a blocked request', async () => {
        const events = await securityEvents(platform, `env:${env} @appsec.blocked:true`);
        return events.length >= 5 ? events : undefined;
      });
    });
  });

  describe(`block mode at the sinks alone on Node.js ${major}`, () => {
    const env = `sinks-${major}`;
    let shop: Shop;
    before(async () => {
      const directory = join(root, 'test-results');
      const { mkdirSync, writeFileSync } = await import('node:fs');
      mkdirSync(directory, { recursive: true });
      const file = join(directory, `exploit-rules-${major}.json`);
      const rules = ruleset.rules?.filter(({ tags }) => tags.module === 'rasp');
      writeFileSync(file, JSON.stringify({ ...ruleset, rules }));
      shop = await start(major, 'block', env, { WARDLINE_APPSEC_RULES: file });
    });
    after(() => shop.stop());

    for (const request of BENIGN) {
      it(`lets pass: ${request.name}`, async () => {
        const { status, text } = await send(shop.url, request);
        assert.ok(status < 400, `${status} ${text}`);
      });
    }

    for (const attack of exploits('http://127.0.0.1:1')) {
      it(`stops the exploit where it happens, and answers 403: ${attack.name}`, async () => {
        const live = exploits(shop.internal.url).find(({ name }) => name === attack.name) as Exploit;
        const [before, hits] = [ran(shop, live), shop.internal.hits()];
        const { status, text } = await send(shop.url, live);
        assert.equal(status, 403, text);
        assert.equal(ran(shop, live), before, 'the sink did not run');
        assert.equal(shop.internal.hits(), hits);

        const line = lineOf(live.file, live.line);
        const event = await eventually('event of the blocked exploit', async () => {
          const query = `env:${env} service:${live.service} @appsec.security_activity:vulnerability_trigger.${live.type}`;
          const events = await securityEvents(platform, query);
          return events.find(({ stack }) => stack?.frames.find(({ in_app }) => in_app)?.line === line);
        });
        assert.equal(event.blocked, true);
      });
    }
  });
}
