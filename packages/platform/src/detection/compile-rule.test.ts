import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertGolden } from '../search/testing/golden.ts';
import { compileRule, RuleError } from './compile-rule.ts';
import { DEFAULT_RULES } from './default-rules.ts';
import type { RuleDefinitionInput } from './rule.ts';
import { securityEvent } from './testing/security-event.ts';
import { groupsStatement, samplesStatement } from './window.ts';

const compile = (definition: unknown) =>
  compileRule({ id: 'abc-def-ghi', version: 1, is_default: false, default_version: null, definition });

const valid: RuleDefinitionInput = {
  name: 'Rule',
  message: '',
  queries: [{ query: 'service:shop', groupByFields: ['service'] }],
  cases: [
    { condition: 'a > 1', status: 'low' },
    { condition: 'a > 5', status: 'high' },
    { condition: 'a > 3', status: 'medium' },
  ],
  options: { evaluationWindow: 300, keepAlive: 300, maxSignalDuration: 3600 },
};

const faults: readonly (readonly [change: object, error: RegExp])[] = [
  [{ name: undefined }, /^name: /],
  [{ type: 'log_detection' }, /^type: /],
  [{ queries: [] }, /^queries: /],
  [{ queries: [{ query: 'service:' }] }, /^queries\.0\.query: Invalid query at position 8/],
  [{ queries: [{ query: '@x:>abc' }] }, /^queries: .*position 4/],
  [{ queries: [{ query: '', aggregation: 'max' }] }, /^queries\.0\.metric: max needs a field/],
  [{ queries: [{ query: '', aggregation: 'cardinality' }] }, /^queries\.0\.distinctFields/],
  [{ queries: [{ query: '', aggregation: 'geo_data' }] }, /^queries\.0\.aggregation/],
  [
    { queries: [{ query: '' }, { query: '', groupByFields: ['env'] }] },
    /^queries\.1\.groupByFields: must be the same/,
  ],
  [{ queries: [{ query: '', name: 'b' }, { query: '' }] }, /same name/],
  [{ cases: [{ condition: 'b > 1', status: 'low' }] }, /^cases\.0\.condition: .*name of a query \(a\)/],
  [{ cases: [{ condition: 'a > 1', status: 'weird' }] }, /^cases\.0\.status/],
  [{ options: { ...valid.options, evaluationWindow: 61 } }, /^options\.evaluationWindow: must be one of/],
  [{ options: { ...valid.options, detectionMethod: 'anomaly_detection' } }, /^options\.detectionMethod/],
  [{ filters: [{ action: 'suppress', query: '(' }] }, /^filters\.0\.query/],
];

describe('compileRule', () => {
  it('puts the cases in order of severity', () => {
    assert.deepEqual(
      compile(valid).cases.map(({ status }) => status),
      ['high', 'medium', 'low'],
    );
  });

  it('knows which events concern a rule', () => {
    const rule = compile({ ...valid, filters: [{ action: 'suppress', query: 'env:dev' }] });
    assert.equal(rule.concerns(securityEvent(0)), true);
    assert.equal(rule.concerns(securityEvent(0, { service: 'other' })), false);
    assert.equal(rule.concerns(securityEvent(0, { env: 'dev' })), false);
  });

  for (const [change, error] of faults)
    it(`names what is wrong in ${JSON.stringify(change)}`, () =>
      assert.throws(
        () => compile({ ...valid, ...change }),
        (thrown) => thrown instanceof RuleError && error.test(thrown.message),
      ));
});

it('every default rule compiles, and has an id, a message and tags of its own', () => {
  assert.equal(new Set(DEFAULT_RULES.map(({ id }) => id)).size, DEFAULT_RULES.length);
  for (const { id, definition } of DEFAULT_RULES) {
    compile(definition);
    assert.match(id, /^[a-z]{3}-[a-z]{3}-[a-z]{3}$/);
    assert.match(definition.message, /^## Goal\n.+\n\n## Strategy\n.+\n\n## Triage and response\n1\. /s);
    assert.ok(definition.tags!.includes('security:attack'));
  }
});

it('the SQL of evaluation', async () => {
  const now = Date.parse('2026-03-04T05:06:07.890Z');
  const window = {
    now,
    from: now - 300_000,
    unseenSince: undefined,
    countedBefore: now - 310_000,
    countedAfter: now - 300_000,
  };
  const cases = DEFAULT_RULES.filter(({ id }) => id === 'wrd-sql-exp' || id === 'wrd-bru-acc').flatMap(
    ({ id, definition }) => {
      const rule = compile(definition);
      const groups = [rule.groupBy.map(() => 'x')];
      return [
        { title: `groups of ${id}`, statement: groupsStatement(rule, window, groups) },
        {
          title: `samples of ${id}, after a pause`,
          statement: samplesStatement(rule, { ...window, unseenSince: now - 900_000 }, groups, 20),
        },
      ];
    },
  );
  await assertGolden(
    new URL('vectors/evaluation.golden', import.meta.url),
    cases.map(({ title, statement }) => ({ title, ...statement })),
  );
});

it('the SQL of other aggregations', async () => {
  const window = { now: 1e12, from: 1e12, unseenSince: undefined, countedBefore: 0, countedAfter: 0 };
  const rule = compile({
    ...valid,
    queries: [
      { name: 'a', query: '', aggregation: 'cardinality', distinctFields: ['@usr.login', '@country'] },
      { name: 'b', query: '', aggregation: 'sum', metric: '@amount' },
      { name: 'c', query: '', aggregation: 'max', metric: '@http.status_code' },
    ],
  });
  await assertGolden(new URL('vectors/aggregations.golden', import.meta.url), [
    { title: 'cardinality, sum and max', ...groupsStatement(rule, window, []) },
  ]);
});
