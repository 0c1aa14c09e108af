import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compile, type WafResult } from '../src/index.ts';
import { comparable, type Run, runLibddwaf } from './libddwaf.ts';

/** Small alphabets, so that rules, exclusions and values meet. */
const address = fc.constantFrom('a', 'b', 'c');
const key = fc.constantFrom('k', 'l', 'x');
const word = fc.constantFrom('x', 'y', 'xy', 'k', 'l', 'X', '', ' x ', 'x%79', '10.0.0.1');
const regex = fc.constantFrom('x', '^y', '[kl]', 'xy?$');
const input = fc.record({ address, key_path: fc.array(key, { maxLength: 2 }) });
const inputs = fc.array(input, { minLength: 1, maxLength: 2 });
const oneInput = fc.array(input, { minLength: 1, maxLength: 1 });
const list = fc.array(word, { minLength: 1, maxLength: 3 });

const condition = (operators: string[], parameters: fc.Arbitrary<object>) =>
  fc.record({ operator: fc.constantFrom(...operators), parameters });

const conditions = fc.oneof(
  condition(
    ['match_regex'],
    fc.record({ inputs, regex, options: fc.record({ case_sensitive: fc.boolean() }) }),
  ),
  condition(['!match_regex'], fc.record({ inputs: oneInput, regex })),
  condition(['phrase_match', 'exact_match'], fc.record({ inputs, list })),
  condition(['!phrase_match', '!exact_match'], fc.record({ inputs: oneInput, list })),
  condition(['ip_match'], fc.record({ inputs, list: fc.constant(['10.0.0.0/8']) })),
  condition(['exists'], fc.record({ inputs })),
  condition(['!exists'], fc.record({ inputs: oneInput })),
  condition(['equals'], fc.record({ inputs, type: fc.constant('float'), value: fc.constantFrom(1, 2) })),
);

/** Each of a type of its own, since which rule of a type reports is left to chance in libddwaf. */
const rules = fc
  .array(
    fc.record({
      conditions: fc.array(conditions, { minLength: 1, maxLength: 2 }),
      transformers: fc.subarray(['lowercase', 'urlDecodeUni', 'removeNulls', 'keys_only']),
      module: fc.constantFrom('waf', 'rasp', 'business-logic'),
      on_match: fc.constantFrom([], ['stack_trace'], ['monitor']),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) =>
    list.map(({ module, ...rule }, index) => ({
      ...rule,
      id: `r${index}`,
      name: 'n',
      tags: { type: `t${index}`, module },
    })),
  );

const rules_target = fc.constantFrom([], [{ rule_id: 'r0' }], [{ tags: { type: 't1' } }]);
const excludedPath = fc.array(fc.constantFrom('k', 'l', 'x', '*'), { maxLength: 2 });
const excludedInput = fc.record({ address, key_path: excludedPath });
const exclusionConditions = fc.array(conditions, { maxLength: 1 });
const exclusion = fc.oneof(
  fc.record({
    id: fc.constant('e'),
    conditions: exclusionConditions,
    rules_target,
    inputs: fc.tuple(excludedInput),
  }),
  fc.record({
    id: fc.constant('e'),
    conditions: exclusionConditions,
    rules_target,
    on_match: fc.constantFrom('bypass', 'monitor'),
  }),
);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.constantFrom(1, 2, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}));

const addresses = fc.dictionary(address, value, { maxKeys: 3 });

/** No address is both persistent and ephemeral, where the two are meant to differ. */
const runs = fc
  .array(fc.record({ persistent: addresses, ephemeral: addresses }), { minLength: 1, maxLength: 3 })
  .map((list) => {
    const persistent = new Set(list.flatMap((run) => Object.keys(run.persistent)));
    const alone = (run: object) => Object.entries(run).filter(([name]) => !persistent.has(name));
    return list.map((run): Run => ({ ...run, ephemeral: Object.fromEntries(alone(run.ephemeral)) }));
  });

test('random rulesets give what they give in libddwaf', () => {
  fc.assert(
    fc.property(rules, fc.array(exclusion, { maxLength: 1 }), runs, (rules, exclusions, requests) => {
      const ruleset = { rules, exclusions };
      const theirs = runLibddwaf(ruleset, requests);
      if (theirs === undefined) return;
      const options = { obfuscator: { keyRegex: '', valueRegex: '' }, limits: { timeout: 1e7 } };
      const context = compile(ruleset, options).newContext();
      const ours = requests.map(({ persistent = {}, ephemeral = {} }) =>
        context.run(persistent, { ephemeral }),
      );
      assert.deepEqual(ours.map(withoutHighlights), theirs.map(withoutHighlights));
    }),
    { seed: 1, numRuns: 2000 },
  );
});

/** Which of several phrases is highlighted is not what this is about. */
function withoutHighlights(result: Pick<WafResult, 'events' | 'actions' | 'attributes' | 'keep'>) {
  const { events, actions, keep } = comparable(result);
  return {
    keep,
    actions,
    events: events.map(({ rule, matches }) => ({
      rule,
      matches: matches.map(({ operator, parameters: [parameter] }) => ({
        operator,
        parameter: { ...parameter, highlight: [] },
      })),
    })),
  };
}
