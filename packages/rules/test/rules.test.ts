import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import appsec from '@datadog/native-appsec';
import { ruleset } from '@wardline/rules';
import { compile, type RuleDefinition } from '@wardline/waf';
import { addressesOf, readVectors, type Vector } from './vectors.ts';

const { DDWAF } = appsec;

/** A verdict must not depend on how busy the machine is. */
const UNHURRIED = { timeout: 10_000_000 };
const rules = ruleset.rules ?? [];
const vectors = readVectors();

/** Signs give no event but an attribute. */
const hasMatched = ({ events, attributes }: { events?: unknown[]; attributes?: object }) =>
  (events ?? []).length > 0 || Object.keys(attributes ?? {}).length > 0;

/** A ruleset of one rule, so that a verdict is that rule's alone. */
const alone = (rule: RuleDefinition) => ({ version: '2.2', rules: [rule] });

describe('the curated ruleset', () => {
  it('has at least 60 rules, each id once', () => {
    const ids = rules.map(({ id }) => id);
    assert.ok(ids.length >= 60);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('loads whole on the engine', () => {
    const section = compile(ruleset).diagnostics.default?.sections.rules;
    assert.deepEqual(section?.errors, {});
    assert.deepEqual(section?.skipped, []);
    assert.equal(section?.loaded.length, rules.length);
  });

  it('loads whole on libddwaf', () => {
    const loading = new DDWAF(ruleset, 'rules').diagnostics.rules;
    assert.ok(loading && 'loaded' in loading, JSON.stringify(loading));
    assert.deepEqual(loading.failed, []);
    assert.equal(loading.loaded.length, rules.length);
  });

  it('has vectors for each rule that looks at requests, and for no other', () => {
    const attempts = rules
      .filter(({ id, tags }) => tags.module === 'waf' && !id.startsWith('score-'))
      .map(({ id }) => id);
    assert.deepEqual([...vectors.keys()].sort(), attempts.sort());
    for (const [id, { match, noMatch }] of vectors) {
      assert.ok(match.length >= 2, `${id} needs more values that match`);
      assert.ok(noMatch.length >= 2, `${id} needs more values that don't`);
    }
  });
});

describe('each rule on its vectors', () => {
  for (const rule of rules) {
    const own = vectors.get(rule.id);
    if (!own) continue;
    it(rule.id, () => {
      const ours = compile(alone(rule));
      const oracle = new DDWAF(alone(rule), 'rules');
      const check = (vector: Vector, expected: boolean) => {
        const addresses = addressesOf(vector);
        const shown = JSON.stringify(vector);
        const found = ours.newContext().run(addresses, UNHURRIED);
        assert.equal(hasMatched(found), expected, `our verdict on ${shown}`);
        const context = oracle.createContext();
        const { events, attributes } = context.run({ persistent: addresses }, UNHURRIED.timeout);
        context.dispose();
        assert.equal(hasMatched({ events, attributes }), expected, `libddwaf's verdict on ${shown}`);
      };
      for (const vector of own.match) check(vector, true);
      for (const vector of own.noMatch) check(vector, false);
    });
  }
});
