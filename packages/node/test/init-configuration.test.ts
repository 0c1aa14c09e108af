import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Application, installAgent } from './support/installed-agent.ts';
import { run } from './support/run.ts';

let application: Application;
before(async () => {
  application = await installAgent();
});
after(() => application.remove());

/** Starts an application with the given options (as JavaScript) and environment, and returns what it wrote. */
async function start(options: string, env: Record<string, string> = {}) {
  const script = application.file(
    'app.cjs',
    `const wardline = require('@wardline/node').init(${options});
Promise.all([wardline.flush(), wardline.shutdown()]).then(() => console.log('up'));`,
  );
  const result = await run(process.execPath, [script], { WARDLINE_REMOTE_CONFIG: 'false', ...env }).finished;
  assert.deepEqual([result.code, result.stdout], [0, 'up\n'], result.stderr);
  return result.stderr.split('\n').filter((line) => line !== '');
}

const QUIET: [string, string, Record<string, string>][] = [
  ['nothing given', '', {}],
  ['null', 'null', {}],
  ['application security', '{ appsec: true }', {}],
  ['block mode', "{ appsec: 'block' }", {}],
  ['turned off', '{ enabled: false }', { WARDLINE_URL: 'http://127.0.0.1:9' }],
];

for (const [name, options, env] of QUIET) {
  test(`starts without a word: ${name}`, async () => assert.deepEqual(await start(options, env), []));
}

test('what cannot be used is named, and the application runs', async () => {
  const lines = await start("{ appsec: 'yes' }", { WARDLINE_URL: '7070', WARDLINE_LOG_LEVEL: 'info' });
  assert.match(
    lines[0]!,
    /^wardline: warn: WARDLINE_URL is "7070", which is not an http:\/\/ or https:\/\/ URL/,
  );
  assert.match(
    lines[1]!,
    /^wardline: warn: init\(\{ appsec \}\) is "yes", which is not true, false, monitor or block/,
  );
  assert.match(
    lines.at(-1)!,
    /^wardline: info: .*test-application, mode off, platform http:\/\/127\.0\.0\.1:7070$/,
  );
});

const BROKEN: [string, string | undefined, RegExp][] = [
  ['missing', undefined, /ENOENT/],
  ['not JSON', '{ "rules": [', /not JSON/],
  ['not a ruleset', '[1, 2]', /./],
  ['without a usable rule', '{ "version": "2.2", "rules": [{ "id": 1 }] }', /./],
];

for (const [name, text, expected] of BROKEN) {
  test(`a ruleset file that is ${name}: one line, and the built-in rules are used`, async () => {
    const path =
      text === undefined ? `${application.folder}/none.json` : application.file('rules.json', text);
    const lines = await start('{ appsec: true }', { WARDLINE_APPSEC_RULES: path });
    assert.equal(lines.length, 1, lines.join('\n'));
    assert.ok(
      lines[0]!.startsWith(`wardline: error: the rules in ${path} cannot be used, using the built-in ones: `),
    );
    assert.match(lines[0]!, expected);
  });
}

test('a ruleset file with one bad rule is used without it, which is said', async () => {
  const rule = (id: string, operator: string) => ({
    id,
    name: id,
    tags: { type: 'test', category: 'attack_attempt' },
    conditions: [
      {
        operator,
        parameters: { inputs: [{ address: 'server.request.query' }], regex: 'attack', list: ['attack'] },
      },
    ],
  });
  const rules = [rule('good', 'match_regex'), rule('bad', 'no_such_operator')];
  const path = application.file('rules.json', JSON.stringify({ version: '2.2', rules }));
  const lines = await start('{ appsec: true }', { WARDLINE_APPSEC_RULES: path });
  assert.equal(lines.length, 1, lines.join('\n'));
  assert.match(lines[0]!, /were loaded in part: .*bad/);
});
