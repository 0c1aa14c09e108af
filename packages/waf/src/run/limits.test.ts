import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile, type WafLimits, type WafResult } from '../index.ts';
import { DEFAULT_LIMITS, limitsOf } from './limits.ts';

const rule = (id: string, regex: string, transformers: string[] = []) => ({
  id,
  name: id,
  tags: { type: id },
  transformers,
  conditions: [{ operator: 'match_regex', parameters: { inputs: [{ address: 'a' }], regex } }],
});
const RULESET = { rules: [rule('values', 'needle'), rule('keys', 'needle', ['keys_only'])] };

function run(value: unknown, limits: Partial<WafLimits>): WafResult {
  const waf = compile(RULESET, { limits: { timeout: 1e9, ...limits } });
  return waf.newContext().run({ a: value });
}

const rules = ({ events }: WafResult) => events.map(({ rule }) => rule.id).sort();
const nested = (depth: number): unknown => (depth === 0 ? 'needle' : [nested(depth - 1)]);
const list = (size: number) => [...Array(size - 1).fill('x'), 'needle'];

/** For each limit on the input, a value that just reaches it with its last part, by the size given. */
const REACHING: Record<
  'stringLength' | 'containerSize' | 'depth' | 'totalValues',
  (size: number) => unknown
> = {
  stringLength: (size) => 'needle'.padStart(size, 'x'),
  containerSize: list,
  depth: nested,
  // The list itself is a value.
  totalValues: (size) => list(size - 1),
};

for (const [name, reaching] of Object.entries(REACHING)) {
  const limit = name as keyof typeof REACHING;

  test(`${limit}: what lies beyond it is not looked at, and a flag is set`, () => {
    for (const size of [10, 50]) {
      const within = run(reaching(size), { [limit]: size });
      assert.deepEqual([rules(within), within.truncated], [['values'], undefined]);
      const beyond = run(reaching(size + 1), { [limit]: size });
      assert.deepEqual([rules(beyond), beyond.truncated], [[], { [limit]: 1 }]);
      assert.equal(beyond.error, undefined);
    }
  });

  test(`${limit}: its default`, () => {
    const size = DEFAULT_LIMITS[limit];
    // Lists of so many values are beyond another limit.
    const room = limit === 'totalValues' ? { containerSize: size } : {};
    assert.equal(run(reaching(size), room).truncated, undefined);
    assert.deepEqual(run(reaching(size + 1), room).truncated, { [limit]: 1 });
  });
}

test('keys are cut like strings, and maps like arrays', () => {
  const long = run({ [`${'x'.repeat(10)}needle`]: 1 }, { stringLength: 10 });
  assert.deepEqual([rules(long), long.truncated], [[], { stringLength: 1 }]);
  const wide = run(Object.fromEntries(list(11).map((item, index) => [`${item}${index}`, 1])), {
    containerSize: 10,
  });
  assert.deepEqual([rules(wide), wide.truncated], [[], { containerSize: 1 }]);
});

test('all that a run cuts is counted', () => {
  const value = [nested(5), nested(5), 'x'.repeat(20), 'x'.repeat(20), ...list(9)];
  const { truncated } = run(value, { depth: 3, stringLength: 10, containerSize: 4 });
  assert.deepEqual(truncated, { depth: 2, stringLength: 2, containerSize: 1 });
});

test('values of all addresses of a run share one limit, and each run has its own', () => {
  const waf = compile(RULESET, { limits: { totalValues: 10, timeout: 1e9 } });
  const context = waf.newContext();
  assert.equal(context.run({ a: list(9) }).truncated, undefined);
  assert.equal(context.run({}, { ephemeral: { a: list(9) } }).truncated, undefined);
  assert.deepEqual(context.run({ a: list(11) }).truncated, { totalValues: 1 });
});

test('timeout: rules that are out of time do not match, and a flag is set', () => {
  let time = 0;
  const clock = () => time++;
  const waf = compile(RULESET, { clock, limits: { timeout: 1 } });
  // The first runs of an engine may take more, all together no more than twenty budgets.
  for (let index = 0; index < 20; index++) waf.newContext().run({ a: 'x' });
  const result = waf.newContext().run({ a: 'needle' });
  assert.deepEqual([rules(result), result.timedOut, result.error], [[], true, undefined]);
  for (const timeout of [Number.NaN, -1]) {
    assert.equal(waf.newContext().run({ a: 'needle' }, { timeout }).timedOut, true, `${timeout} µs`);
  }
  const patient = waf.newContext().run({ a: 'needle' }, { timeout: 1e9 });
  assert.deepEqual([rules(patient), patient.timedOut], [['values'], false]);
});

test('cacheMemory: an automaton that is full is cleared', () => {
  const waf = compile({ rules: [rule('r', 'a[ab]{9}b')] }, { limits: { cacheMemory: 4096, timeout: 1e9 } });
  const text = (seed: number) =>
    Array.from({ length: 200 }, (_, index) => ((index * (seed + 7)) % 13 < 6 ? 'a' : 'b')).join('');
  for (let seed = 0; seed < 60; seed++) {
    const { events, error } = waf.newContext().run({ a: text(seed) });
    assert.equal(events.length > 0, /a[ab]{9}b/.test(text(seed)));
    assert.equal(error, undefined);
  }
  const { clears, bytes } = waf.statistics;
  assert.ok(clears > 0);
  assert.ok(bytes <= 4096, `${bytes} bytes`);
});

test('limits of nothing are no reason to throw', () => {
  for (const name of Object.keys(DEFAULT_LIMITS)) {
    for (const limit of [0, 0.5, Number.POSITIVE_INFINITY]) {
      const result = run({ k: [nested(3), 'needle', { needle: 1 }] }, { [name]: limit });
      assert.equal(result.error, undefined, `${name} ${limit}`);
    }
  }
});

test('what is no limit leaves the default in force', () => {
  for (const limit of [undefined, null, Number.NaN, -1, '5']) {
    const limits = Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, limit]));
    assert.deepEqual(limitsOf(limits), DEFAULT_LIMITS);
  }
  assert.deepEqual(limitsOf({ depth: 3 }), { ...DEFAULT_LIMITS, depth: 3 });
  assert.deepEqual(limitsOf(undefined), DEFAULT_LIMITS);
});
