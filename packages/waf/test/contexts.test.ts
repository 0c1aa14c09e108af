/** What a context says depends on what it was given and on its rules, and on nothing else that the engine does. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { viewOf, viewsOf } from '../fuzz/compare.ts';
import { Random } from '../fuzz/random.ts';
import { type Input, RequestGenerator } from '../fuzz/requests.ts';
import { baseRulesets } from '../fuzz/rulesets.ts';
import { readTexts } from '../fuzz/texts.ts';
import { compile, type Waf, type WafLimits, type WafResult } from '../src/index.ts';
import { randomRuleset, randomValues } from './random-ruleset.ts';

const CONTEXTS = 150;
const UNHURRIED = { obfuscator: { keyRegex: '', valueRegex: '' }, clock: () => 0 };

let ruleset: object;
let inputs: Input[];

before(() => {
  const { recommended, own } = baseRulesets();
  const rules_override = [{ rules_target: [{ tags: { kind: 'sql_injection' } }], on_match: ['block'] }];
  ruleset = { ...recommended, rules: [...recommended.rules!, ...own.rules!], rules_override };
  const requests = new RequestGenerator(readTexts());
  inputs = Array.from({ length: CONTEXTS }, (_, index) => requests.input(new Random(1, index)));
});

const open = (limits: Partial<WafLimits> = {}) => compile(ruleset, { ...UNHURRIED, limits });

function runAll(waf: Waf, input: Input): WafResult[] {
  const context = waf.newContext();
  return input.map(({ persistent = {}, ephemeral = {} }) => context.run(persistent, { ephemeral }));
}

/** What each input gives in an engine that has seen nothing but it and those before it. */
function oneAfterTheOther(waf: Waf) {
  return inputs.map((input) => viewsOf(runAll(waf, input)));
}

/** Runs all inputs at once, each in its context, the next run now of one and now of another. */
function interleaved(waf: Waf, between: (random: Random) => void = () => {}) {
  const random = new Random(2);
  const contexts = inputs.map((input) => ({ input, context: waf.newContext(), results: [] as WafResult[] }));
  for (let open = [...contexts]; open.length > 0; ) {
    const one = random.pick(open);
    const { persistent = {}, ephemeral = {} } = one.input[one.results.length]!;
    one.results.push(one.context.run(persistent, { ephemeral }));
    if (one.results.length === one.input.length) open = open.filter((other) => other !== one);
    between(random);
  }
  return contexts.map(({ results }) => viewsOf(results));
}

test('contexts do not see each other', () => {
  assert.deepEqual(interleaved(open()), oneAfterTheOther(open()));
});

test('contexts in flight keep the rules that they began with, whatever is updated and removed', () => {
  const waf = open();
  const other = {
    rules_data: [{ id: 'blocked_ips', type: 'ip_with_expiration', data: [{ value: '0.0.0.0/0' }] }],
  };
  const disabled = { rules_override: [{ rules_target: [{ tags: { place: 'request' } }], enabled: false }] };
  const changes: (() => void)[] = [
    () => waf.update('data', other),
    () => waf.update('overrides', disabled),
    () => waf.update('default', { rules: [] }),
    () => waf.update('default', 'nonsense'),
    () => waf.remove('data'),
    () => waf.remove('overrides'),
    () => waf.remove('nowhere'),
  ];
  const change = (random: Random) => {
    if (random.oneIn(10)) random.pick(changes)();
  };
  assert.deepEqual(interleaved(waf, change), oneAfterTheOther(open()));
});

test('what the engine remembers of texts changes nothing', () => {
  const waf = open();
  const first = oneAfterTheOther(waf);
  assert.deepEqual(oneAfterTheOther(waf), first);
  assert.deepEqual(inputs.map((_, index) => viewsOf(runAll(waf, inputs.at(-1 - index)!))).reverse(), first);
});

test('an automaton that has to be cleared all the time finds the same', () => {
  const small = open({ cacheMemory: 64 * 1024 });
  assert.deepEqual(oneAfterTheOther(small), oneAfterTheOther(open()));
  assert.ok(small.statistics.clears > 0);
});

/**
 * Addresses may come in any number of runs, in any order, and the union of what is reported is the same, where
 * - no rule blocks: a block ends the run, and what it keeps from being looked at is due when there is another;
 * - each type has one rule, since of several the first that matches reports, and with the addresses that is another;
 * - exclusions don't depend on an address, since one doesn't take back what was reported before it came to hold;
 * - no limit is reached, since each run has its own.
 * Where a rule has several inputs, the first that matches is reported, and with the addresses that is another; so rules
 * are compared, and not places. Negated conditions need no exception: they are about one address, which comes whole.
 */
test('addresses in several runs give what they give in one', () => {
  const chunks = fc.array(fc.nat(2), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(randomRuleset, randomValues, chunks, ({ exclusions, ...rest }, values, chunks) => {
      const watching = {
        ...rest,
        rules: rest.rules.map(withoutBlock),
        custom_rules: rest.custom_rules.map(withoutBlock),
        rules_override: [],
        exclusions: exclusions.map((one) => ({ ...withoutBlock(one), conditions: [] })),
      };
      const waf = compile(watching, UNHURRIED);
      const parts: Record<string, unknown>[] = [{}, {}, {}];
      for (const [index, [address, value]] of Object.entries(values).entries()) {
        parts[chunks[index]!]![address] = value;
      }
      const once = runAll(waf, [{ persistent: values }]);
      const spread = runAll(
        waf,
        parts.map((persistent) => ({ persistent })),
      );
      assert.deepEqual(unionOf(spread), unionOf(once));
    }),
    { seed: 1, numRuns: 2000 },
  );
});

function unionOf(results: readonly WafResult[]) {
  const views = results.map(viewOf);
  return {
    rules: views.flatMap(({ events }) => events.map(({ rule }) => rule.id)).sort(),
    attributes: Object.assign({}, ...views.map(({ attributes }) => attributes)),
    actions: Object.assign({}, ...views.map(({ actions }) => actions)),
    keep: views.some(({ keep }) => keep),
  };
}

function withoutBlock<T extends object>(rule: T): T {
  const { on_match } = rule as { on_match?: string | readonly string[] };
  if (typeof on_match === 'string')
    return { ...rule, on_match: on_match === 'bypass' ? 'bypass' : 'monitor' };
  return on_match === undefined ? rule : { ...rule, on_match: ['stack_trace'] };
}
