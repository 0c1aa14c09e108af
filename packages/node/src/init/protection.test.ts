import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile, type Waf } from '@wardline/waf';
import type { Mode } from './config.ts';
import { Counters } from './counters.ts';
import { createLogger } from './log.ts';
import { POLICY_PATH, RULES_PATH } from './policy.ts';
import { Protection } from './protection.ts';

const rule = (id: string, value: string, tags: Record<string, string> = {}) => ({
  id,
  name: id,
  tags: { type: 'test', category: 'attack_attempt', ...tags },
  conditions: [
    { operator: 'match_regex', parameters: { inputs: [{ address: 'server.request.query' }], regex: value } },
  ],
});
const BUILT_IN = {
  version: '2.2',
  rules: [
    rule('sure', 'sure', { confidence: 'high' }),
    rule('unsure', 'unsafe'),
    rule('sink', 'sink', { module: 'rasp' }),
  ],
};

function setUp(appsec: Mode, appsecPinnedOff = false) {
  const lines: string[] = [];
  const updates: string[] = [];
  const protection = new Protection({
    config: { appsec, appsecPinnedOff, rules: '' },
    log: createLogger('warn', (line) => lines.push(line)),
    counters: new Counters(),
    builtInRules: BUILT_IN,
    compile: (ruleset, options) => {
      const waf = compile(ruleset, options);
      const watched: Waf = {
        get diagnostics() {
          return waf.diagnostics;
        },
        get knownAddresses() {
          return waf.knownAddresses;
        },
        get rulesVersion() {
          return waf.rulesVersion;
        },
        get statistics() {
          return waf.statistics;
        },
        update(path, configuration) {
          updates.push(`update ${path}`);
          return waf.update(path, configuration);
        },
        remove(path) {
          updates.push(`remove ${path}`);
          return waf.remove(path);
        },
        newContext: () => waf.newContext(),
      };
      return watched;
    },
  });
  /** Rules that match a value, and the types of the actions that they ask for. */
  const verdict = (value: string) => {
    const result = protection.waf?.newContext().run({ 'server.request.query': { q: value } });
    return {
      rules: result?.events.map((event) => event.rule.id),
      actions: Object.keys(result?.actions ?? {}).sort(),
    };
  };
  return { protection, lines, updates, verdict };
}

test('off has no WAF', () => {
  assert.equal(setUp('off').protection.waf, undefined);
});

test('monitor reports', () => {
  const { verdict } = setUp('monitor');
  assert.deepEqual(verdict('sure'), { rules: ['sure'], actions: [] });
});

test('block blocks what is sure, and what reached a sink, with its stack', () => {
  const { verdict } = setUp('block');
  assert.deepEqual(verdict('sure'), { rules: ['sure'], actions: ['block_request'] });
  assert.deepEqual(verdict('unsafe'), { rules: ['unsure'], actions: [] });
  assert.deepEqual(verdict('sink'), { rules: ['sink'], actions: ['block_request', 'generate_stack'] });
});

test('the mode follows the platform, and returns to that of the start', () => {
  const { protection, verdict, updates } = setUp('monitor');
  let changes = 0;
  const stop = protection.onChange(() => changes++);
  protection.apply({ version: '1', mode: 'block', configurations: {} });
  assert.equal(protection.mode, 'block');
  assert.deepEqual(verdict('sure').actions, ['block_request']);
  protection.apply({ version: '2', configurations: {} });
  assert.equal(protection.mode, 'monitor');
  assert.deepEqual(verdict('sure').actions, []);
  assert.deepEqual(updates, [`update ${POLICY_PATH}`, `remove ${POLICY_PATH}`]);
  assert.equal(changes, 2);
  stop();
  protection.apply({ version: '3', configurations: {} });
  assert.equal(changes, 2);
});

test('only what changed is handed to the WAF', () => {
  const { protection, updates, verdict } = setUp('monitor');
  const one = () => ({ version: '2.2', custom_rules: [rule('one', 'eins')] });
  const two = { version: '2.2', custom_rules: [rule('two', 'zwei')] };
  protection.apply({ version: '1', configurations: { one: one() } });
  protection.apply({ version: '2', configurations: { one: one(), two } });
  protection.apply({ version: '3', configurations: { two } });
  assert.deepEqual(updates, ['update one', 'update two', 'remove one']);
  assert.deepEqual(verdict('eins zwei').rules, ['two']);
});

test("the platform may replace the service's own rules, which return when it withdraws", () => {
  const { protection, verdict } = setUp('monitor');
  protection.apply({
    version: '1',
    configurations: { [RULES_PATH]: { version: '2.2', rules: [rule('new', 'sure')] } },
  });
  assert.deepEqual(verdict('sure').rules, ['new']);
  protection.apply({ version: '2', configurations: {} });
  assert.deepEqual(verdict('sure').rules, ['sure']);
});

test('a configuration that cannot be used is named once, and the others are in force', () => {
  const { protection, lines, verdict } = setUp('monitor');
  const configurations = {
    broken: 'text',
    partly: { version: '2.2', custom_rules: [rule('good', 'gut'), { id: 'bad' }] },
  };
  protection.apply({ version: '1', configurations });
  protection.apply({ version: '2', configurations: structuredClone(configurations) });
  assert.equal(lines.length, 2, lines.join(''));
  assert.match(lines[0]!, /"broken" cannot be used in full/);
  assert.match(lines[1]!, /"partly" cannot be used in full: custom_rules bad: /);
  assert.deepEqual(verdict('gut').rules, ['good']);
  assert.deepEqual(verdict('sure').rules, ['sure']);
});

test('off can be turned on by the platform unless it was chosen', () => {
  const undecided = setUp('off');
  undecided.protection.apply({ version: '1', mode: 'monitor', configurations: {} });
  assert.deepEqual(undecided.verdict('sure').rules, ['sure']);
  const decided = setUp('off', true);
  decided.protection.apply({ version: '1', mode: 'monitor', configurations: {} });
  assert.equal(decided.protection.waf, undefined);
});

test('a listener that throws disturbs nobody', () => {
  const { protection } = setUp('monitor');
  let called = false;
  protection.onChange(() => {
    throw new Error('of the listener');
  });
  protection.onChange(() => {
    called = true;
  });
  protection.turnOff();
  assert.equal(called, true);
  assert.equal(protection.waf, undefined);
});
