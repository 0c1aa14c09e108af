import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile as compileInTime, RulesetError, type WafOptions } from '../index.ts';

/** Tests share their processor, so only those about time have a budget. */
const compile = (ruleset: unknown, options: WafOptions = {}) =>
  compileInTime(ruleset, { ...options, limits: { timeout: 1e7, ...options.limits } });

const rule = (id: string, regex: string, extra: object = {}) => ({
  id,
  name: id,
  tags: { type: id, category: 'attack_attempt' },
  conditions: [{ operator: 'match_regex', parameters: { inputs: [{ address: 'a' }], regex } }],
  ...extra,
});

const blockIps = {
  ...rule('block-ips', ''),
  tags: { type: 'block_ip', category: 'security_response', module: 'network-acl' },
  conditions: [{ operator: 'ip_match', parameters: { inputs: [{ address: 'ip' }], data: 'blocked_ips' } }],
  on_match: ['block'],
};

const blocked = (...values: { value: string; expiration?: number }[]) => ({
  rules_data: [{ id: 'blocked_ips', type: 'ip_with_expiration', data: values }],
});

const ids = ({ events }: { events: { rule: { id: string } }[] }) => events.map((event) => event.rule.id);

test('nothing to load is an error, with its reasons', () => {
  assert.throws(
    () => compile({ rules: [{ id: 'r' }] }),
    (error) =>
      error instanceof RulesetError &&
      error.code === 'WARDLINE_WAF_RULESET_INVALID' &&
      error.diagnostics.sections.rules?.failed[0] === 'r',
  );
  for (const empty of [{}, { rules: [] }, { scanners: [{ id: 's', max_version: '1.0.0' }] }]) {
    assert.throws(() => compile(empty), { name: 'RulesetError', code: 'WARDLINE_WAF_RULESET_EMPTY' });
  }
  for (const value of [null, undefined, 1, 'x', [], { version: '1.0' }]) {
    assert.throws(() => compile(value), { code: 'WARDLINE_WAF_RULESET_INVALID' });
  }
});

test('configurations add up, replace and go', () => {
  const waf = compile({ rules: [rule('r1', 'x'), blockIps], metadata: { rules_version: '1' } });
  const ip = { ip: '192.0.2.1' };
  assert.deepEqual(ids(waf.newContext().run(ip)), []);

  waf.update('data', blocked({ value: '192.0.2.0/24' }));
  waf.update('custom', { custom_rules: [rule('c1', 'y')] });
  assert.deepEqual(Object.keys(waf.diagnostics), ['default', 'data', 'custom']);
  assert.equal(waf.newContext().run(ip).actions.block_request?.status_code, 403);
  assert.deepEqual(ids(waf.newContext().run({ a: 'xy' })), ['c1', 'r1']);

  waf.update('data', blocked());
  assert.deepEqual(ids(waf.newContext().run(ip)), []);
  assert.equal(waf.remove('custom'), true);
  assert.equal(waf.remove('custom'), false);
  assert.deepEqual(ids(waf.newContext().run({ a: 'xy' })), ['r1']);
  assert.equal(waf.rulesVersion, '1');
});

test('an unusable update leaves what was there', () => {
  const waf = compile({ rules: [rule('r1', 'x')] });
  const diagnostics = waf.update('default', { rules: [{ id: 'bad' }] });
  assert.equal(diagnostics.error, 'nothing could be loaded, see the sections');
  assert.deepEqual(waf.diagnostics.default?.sections.rules?.loaded, ['r1']);
  assert.deepEqual(ids(waf.newContext().run({ a: 'x' })), ['r1']);
});

test('an id that another configuration has is refused until that one goes', () => {
  const waf = compile({ rules: [rule('r1', 'x')] });
  const again = { rules: [rule('r1', 'y'), rule('r2', 'y')] };
  assert.deepEqual(waf.update('more', again).sections.rules?.errors, { 'duplicate rule': ['r1'] });
  waf.remove('default');
  assert.deepEqual(waf.update('more', again).sections.rules?.loaded, ['r1', 'r2']);
});

test('contexts in flight keep the rules that they began with', () => {
  const waf = compile({ rules: [rule('r1', 'x')] });
  const before = waf.newContext();
  waf.update('default', { rules: [rule('r2', 'x')] });
  assert.deepEqual(ids(before.run({ a: 'x' })), ['r1']);
  assert.deepEqual(ids(waf.newContext().run({ a: 'x' })), ['r2']);
});

test('contexts know nothing of each other', () => {
  const both = [
    { operator: 'match_regex', parameters: { inputs: [{ address: 'a' }], regex: 'x' } },
    { operator: 'match_regex', parameters: { inputs: [{ address: 'b' }], regex: 'y' } },
  ];
  const waf = compile({ rules: [rule('r1', '', { conditions: both })] });
  const [first, second] = [waf.newContext(), waf.newContext()];
  first.run({ a: 'x' });
  second.run({ b: 'y' });
  assert.deepEqual(ids(waf.newContext().run({ b: 'y' })), []);
  assert.deepEqual(ids(second.run({ a: 'x' })), ['r1']);
  assert.deepEqual(ids(first.run({ b: 'y' })), ['r1']);
});

test('blocks expire', () => {
  let now = 1_000_000;
  const waf = compile(
    { rules: [blockIps], ...blocked({ value: '192.0.2.1', expiration: 1500 }) },
    { now: () => now },
  );
  const run = () => ids(waf.newContext().run({ ip: '192.0.2.1' }));
  assert.deepEqual(run(), ['block-ips']);
  now = 1_501_000;
  assert.deepEqual(run(), []);
});

test('addresses that rules read', () => {
  const waf = compile({
    rules: [
      rule('r1', 'x', { output: { attributes: { o: { address: 'attribute' } } } }),
      rule('r2', 'x', {
        enabled: false,
        conditions: [{ operator: 'exists', parameters: { inputs: [{ address: 'unused' }] } }],
      }),
    ],
    exclusions: [
      {
        id: 'e',
        inputs: [{ address: 'input' }],
        conditions: [{ operator: 'exists', parameters: { inputs: [{ address: 'condition' }] } }],
      },
    ],
  });
  assert.deepEqual([...waf.knownAddresses].sort(), ['a', 'attribute', 'condition', 'input']);
});

test('undefined is no value, null is one', () => {
  const exists = { operator: 'exists', parameters: { inputs: [{ address: 'a' }] } };
  const waf = compile({ rules: [rule('r', '', { conditions: [exists] })] });
  assert.deepEqual(ids(waf.newContext().run({ a: undefined })), []);
  assert.deepEqual(ids(waf.newContext().run({ a: null })), ['r']);
});

/** A clock that a call moves on by one millisecond. */
const ticking = (): WafOptions => {
  let time = 0;
  return { clock: () => time++ };
};

test('over the time budget a run stops looking and says so', () => {
  const waf = compile({ rules: [rule('r1', 'x')] }, ticking());
  const values = [...Array(200).fill('n'), 'x'];
  const result = waf.newContext().run({ a: values }, { timeout: 5000 });
  assert.equal(result.timedOut, true);
  assert.deepEqual(ids(result), []);
  assert.ok(result.duration > 0);
  const enough = waf.newContext().run({ a: values }, { timeout: 1e6 });
  assert.equal(enough.timedOut, false);
  assert.deepEqual(ids(enough), ['r1']);
});

test('no time at all', () => {
  const exists = { operator: 'exists', parameters: { inputs: [{ address: 'a' }] } };
  const waf = compile({ rules: [rule('r', '', { conditions: [exists] })] }, { limits: { timeout: 0 } });
  const result = waf.newContext().run({ a: 'x' });
  assert.equal(result.timedOut, true);
  assert.deepEqual(ids(result), []);
});

test('who may come in is decided whatever the time', () => {
  const waf = compile({ rules: [rule('r1', 'x'), blockIps], ...blocked({ value: '192.0.2.1' }) }, ticking());
  const result = waf.newContext().run({ a: 'x', ip: '192.0.2.1' }, { timeout: 0 });
  assert.deepEqual(ids(result), ['block-ips']);
});

test('out of time, nobody is blocked whom an exclusion may let in', () => {
  const exclusions = [
    {
      id: 'e',
      conditions: [{ operator: 'match_regex', parameters: { inputs: [{ address: 'a' }], regex: 'friend' } }],
    },
  ];
  const waf = compile({ rules: [blockIps], exclusions, ...blocked({ value: '192.0.2.1' }) }, ticking());
  const run = (timeout: number) => ids(waf.newContext().run({ a: 'n', ip: '192.0.2.1' }, { timeout }));
  assert.deepEqual(run(0), []);
  assert.deepEqual(run(1e6), ['block-ips']);
});

test('time is kept within one string too', () => {
  let readings = 0;
  const clock = () => (readings++ < 4 ? 0 : 1e6);
  // Which of the last twelve letters was an a is 4096 states, and the letters below meet them all.
  const waf = compile({ rules: [rule('r', '(?:a|b)*a[ab]{12}$')] }, { clock, limits: { stringLength: 1e6 } });
  const letters = Array.from({ length: 50_000 }, (_, i) => (Math.imul(i, i + 7) & 32 ? 'a' : 'b')).join('');
  const result = waf.newContext().run({ a: `${letters}c` }, { timeout: 1000 });
  assert.equal(result.timedOut, true);
  assert.ok(waf.statistics.transitions < 200, `${waf.statistics.transitions} transitions`);
});

test('a negated condition is not taken to hold on values that were not looked at', () => {
  const none = { operator: '!match_regex', parameters: { inputs: [{ address: 'a' }], regex: 'x' } };
  const waf = compile({ rules: [rule('r', '', { conditions: [none] })] }, ticking());
  const values = [...Array(200).fill('n'), 'x'];
  assert.deepEqual(ids(waf.newContext().run({ a: values }, { timeout: 5000 })), []);
  const missing = { operator: '!exists', parameters: { inputs: [{ address: 'a', key_path: ['k300'] }] } };
  const wide = compile({ rules: [rule('r', '', { conditions: [missing] })] });
  const entries = Array.from({ length: 400 }, (_, i) => [`k${i}`, i]);
  assert.deepEqual(ids(wide.newContext().run({ a: Object.fromEntries(entries) })), []);
});

test('limits are reported', () => {
  const waf = compile({ rules: [rule('r1', 'x')] }, { limits: { stringLength: 3, containerSize: 2 } });
  const { truncated } = waf.newContext().run({ a: ['abcd', 'n', 'n', 'x'] });
  assert.deepEqual(truncated, { stringLength: 1, containerSize: 1 });
  assert.equal(waf.newContext().run({ a: 'abc' }).truncated, undefined);
});

test('a sink’s argument may be longer than other strings', () => {
  const params = [{ address: 'q' }];
  const detector = { operator: 'lfi_detector', parameters: { resource: [{ address: 's' }], params } };
  const waf = compile(
    { rules: [rule('r', '', { conditions: [detector] })] },
    { limits: { stringLength: 20 } },
  );
  const path = `/${'a/'.repeat(20)}../../etc/passwd`;
  assert.deepEqual(ids(waf.newContext().run({ q: '../../etc/passwd' }, { ephemeral: { s: path } })), ['r']);
});

test('secrets are redacted by default, and by the ruleset’s own expressions', () => {
  const value = (ruleset: object, options?: WafOptions) => {
    const { events } = compile({ rules: [rule('r', 'x')], ...ruleset }, options)
      .newContext()
      .run({ a: { password: 'x', color: 'x' } });
    const [parameter] = events[0]!.rule_matches[0]!.parameters;
    return 'value' in parameter! ? parameter.value : undefined;
  };
  assert.equal(value({}), '<Redacted>');
  assert.equal(value({ obfuscator: { key_regex: 'color' } }), 'x');
  assert.equal(
    value({ obfuscator: { key_regex: 'color' } }, { obfuscator: { keyRegex: 'pass' } }),
    '<Redacted>',
  );
});

test('a policy without injection names the sink alone', () => {
  const detector = {
    operator: 'ssrf_detector@v3',
    parameters: {
      resource: [{ address: 's' }],
      params: [{ address: 'q' }],
      options: { 'enforce-policy-without-injection': true },
    },
  };
  const waf = compile({ rules: [rule('r', '', { conditions: [detector] })] });
  const { events } = waf.newContext().run({ s: 'http://169.254.169.254/latest' });
  const [parameter] = events[0]!.rule_matches[0]!.parameters;
  assert.deepEqual('params' in parameter! && parameter.params, { address: 's', key_path: [], value: '' });
});

const broken = (): number => {
  throw new Error('no clock');
};

test('with a clock that fails runs go on without a budget', () => {
  for (const clock of [broken, () => Number.NaN, () => 1n as never, 5 as never]) {
    const result = compile({ rules: [rule('r', 'x')] }, { clock })
      .newContext()
      .run({ a: 'x' });
    assert.deepEqual(ids(result), ['r']);
    assert.deepEqual([result.timedOut, result.duration, result.error], [false, 0, undefined]);
  }
});

test('a clock that fails at times stands still meanwhile', () => {
  let calls = 0;
  const clock = () => (calls++ % 2 === 0 ? 5000 : broken());
  const result = compile({ rules: [rule('r', 'x')] }, { clock })
    .newContext()
    .run({ a: ['n', 'x'] });
  assert.deepEqual([ids(result), result.timedOut, result.duration], [['r'], false, 0]);
});

test('where the host can’t tell the date the system does', () => {
  const values = [{ value: '192.0.2.1', expiration: 1500 }, { value: '192.0.2.2' }];
  const waf = compile({ rules: [blockIps], ...blocked(...values) }, { now: broken });
  assert.deepEqual(ids(waf.newContext().run({ ip: '192.0.2.1' })), []);
  assert.deepEqual(ids(waf.newContext().run({ ip: '192.0.2.2' })), ['block-ips']);
});
