import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Application, installAgent } from './support/installed-agent.ts';
import { type Answer, type Platform, startPlatform } from './support/platform.ts';
import { type Running, run } from './support/run.ts';
import { RUNTIMES } from './support/runtimes.ts';

const SERVER = `require('@wardline/node').init();
const server = require('node:http').createServer((request, response) => response.end('hello'));
server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
`;
const ATTACK = { 'user-agent': 'Arachni/v1' };
const RULES = {
  version: '2.2',
  rules: [
    {
      id: 'scanner',
      name: 'Scanner',
      tags: { type: 'security_scanner', category: 'attack_attempt', confidence: 'high' },
      conditions: [
        {
          operator: 'match_regex',
          parameters: {
            inputs: [{ address: 'server.request.headers.no_cookies', key_path: ['user-agent'] }],
            regex: '^Arachni',
          },
        },
      ],
    },
  ],
};

let application: Application;
before(async () => {
  application = await installAgent();
});
after(() => application.remove());

interface Service extends Running {
  /** The status that a request of the scanner gets. */
  attack(): Promise<number>;
}

async function startService(
  platform: Platform,
  binary: string,
  env: Record<string, string>,
): Promise<Service> {
  const script = application.file('server.cjs', SERVER);
  const rules = application.file('scanner.json', JSON.stringify(RULES));
  const service = run(binary, [script], {
    WARDLINE_URL: platform.url,
    WARDLINE_SERVICE: 'remote',
    WARDLINE_ENV: 'test',
    WARDLINE_APPSEC_RULES: rules,
    ...env,
  });
  const url = `http://127.0.0.1:${await service.line('port ')}/`;
  return { ...service, attack: async () => (await fetch(url, { headers: ATTACK })).status };
}

/** Waits until `status` is answered; the long poll needs a moment to arrive. */
async function untilStatus(service: Service, status: number): Promise<void> {
  const deadline = Date.now() + 5000;
  let last = 0;
  while (Date.now() < deadline) {
    last = await service.attack();
    if (last === status) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(last, status);
}

const config = (version: string, rest: object): Answer => ({
  status: 200,
  body: JSON.stringify({ version, configurations: {}, ...rest }),
});

/** A platform whose configuration the test changes; each agent is answered when its version is another. */
async function startConfigurablePlatform(first: Answer) {
  let current = first;
  const platform = await startPlatform({
    config: (_n, url) => {
      const { version } = JSON.parse(current.body ?? '{}') as { version?: string };
      return url.searchParams.get('version') === version ? { status: 204 } : current;
    },
  });
  return {
    platform,
    set(answer: Answer) {
      current = answer;
    },
  };
}

for (const { name, binary } of RUNTIMES) {
  test(`${name}: the platform switches a service to blocking, and back`, async () => {
    const { platform, set } = await startConfigurablePlatform(config('1', { mode: 'block' }));
    const service = await startService(platform, binary, { WARDLINE_APPSEC_ENABLED: 'monitor' });
    await untilStatus(service, 403);
    set(config('2', {}));
    await untilStatus(service, 200);
    service.child.kill('SIGTERM');
    const { stdout, stderr } = await service.finished;
    platform.close();
    assert.equal(stderr, '');
    assert.match(stdout, /^port \d+\n$/);
    assert.equal(platform.configRequests[0]?.searchParams.get('service'), 'remote');
    assert.equal(platform.configRequests[0]?.searchParams.get('env'), 'test');
  });
}

test('application security that nobody decided on can be turned on from the platform', async () => {
  const { platform } = await startConfigurablePlatform(config('1', { mode: 'block' }));
  const service = await startService(platform, process.execPath, {});
  await untilStatus(service, 403);
  service.child.kill('SIGTERM');
  await service.finished;
  platform.close();
});

test('application security that was turned off stays off', async () => {
  const { platform } = await startConfigurablePlatform(config('1', { mode: 'block' }));
  const service = await startService(platform, process.execPath, { WARDLINE_APPSEC_ENABLED: 'false' });
  while (platform.configRequests.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(await service.attack(), 200);
  service.child.kill('SIGTERM');
  await service.finished;
  platform.close();
});

test('rules come, change and go; a configuration that is broken is named and skipped', async () => {
  const rule = { ...RULES.rules[0]!, id: 'remote', on_match: ['block'] };
  const empty = { version: '2.2', rules: [{ ...rule, id: 'other', conditions: [] }] };
  const { platform, set } = await startConfigurablePlatform(
    config('1', { configurations: { 'team/rules': { version: '2.2', custom_rules: [rule] } } }),
  );
  const rules = application.file('empty.json', JSON.stringify(RULES).replace('^Arachni', '^nothing'));
  const service = await startService(platform, process.execPath, {
    WARDLINE_APPSEC_ENABLED: 'block',
    WARDLINE_APPSEC_RULES: rules,
  });
  await untilStatus(service, 403);
  set(config('2', { configurations: { 'team/broken': empty } }));
  await untilStatus(service, 200);
  service.child.kill('SIGTERM');
  const { stderr } = await service.finished;
  platform.close();
  assert.match(stderr, /^wardline: warn: the configuration "team\/broken" cannot be used in full: .*\n$/);
});

const QUIET: [string, Answer][] = [
  ['knows no remote config', { status: 404 }],
  ['has a fault', { status: 500 }],
];

for (const [name, answer] of QUIET) {
  test(`a platform that ${name} is no reason to speak`, async () => {
    const platform = await startPlatform({ config: () => answer });
    const script = application.file(
      'quiet.cjs',
      `require('@wardline/node').init(); setTimeout(() => {}, 300);`,
    );
    const result = await run(process.execPath, [script], { WARDLINE_URL: platform.url }).finished;
    assert.deepEqual([result.code, result.stdout, result.stderr], [0, '', '']);
    assert.equal(platform.configRequests.length, 1);
    platform.close();
  });
}

test('an answer that is no configuration is named once', async () => {
  const platform = await startPlatform({ config: () => ({ status: 200, body: '{"version":1}' }) });
  const script = application.file('bad.cjs', `require('@wardline/node').init(); setTimeout(() => {}, 1500);`);
  const result = await run(process.execPath, [script], { WARDLINE_URL: platform.url }).finished;
  platform.close();
  assert.equal(
    result.stderr,
    'wardline: warn: the configuration from the platform cannot be used: its version is not a string\n',
  );
  assert.ok(platform.configRequests.length >= 2);
});

test('a held request does not keep the process from ending', async () => {
  const platform = await startPlatform({ config: () => undefined });
  const script = application.file(
    'short.cjs',
    `require('@wardline/node').init(); setTimeout(() => {}, 100);`,
  );
  const result = await run(process.execPath, [script], { WARDLINE_URL: platform.url }).finished;
  platform.close();
  assert.equal(result.code, 0);
  assert.ok(result.duration < 3000, `${result.duration} ms`);
});
