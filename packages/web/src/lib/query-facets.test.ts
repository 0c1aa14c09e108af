import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { facetValues, quoteValue, setFacet, toggleFacet, withoutFacets } from './query-facets.ts';

describe('facetValues', () => {
  const cases: readonly (readonly [query: string, field: string, values: string[]])[] = [
    ['', 'env', []],
    ['env:production', 'env', ['production']],
    ['service:a env:(b OR "c d")', 'env', ['b', 'c d']],
    ['@workflow.rule.name:"say \\"hi\\""', '@workflow.rule.name', ['say "hi"']],
    ['-env:production', 'env', []],
    ['NOT env:production', 'env', []],
    ['env:prod*', 'env', []],
    ['env:(a AND b)', 'env', []],
    ['env:a OR service:b', 'env', []],
    ['(env:a service:b)', 'env', []],
    ['@http.status_code:[400 TO 499] env:a', 'env', ['a']],
    ['"env:a"', 'env', []],
    ['env:(a', 'env', []],
  ];
  for (const [query, field, values] of cases)
    it(`reads ${JSON.stringify(query)}`, () => assert.deepEqual(facetValues(query, field), values));
});

describe('toggleFacet', () => {
  const cases: readonly (readonly [query: string, field: string, value: string, expected: string])[] = [
    ['', 'env', 'production', 'env:production'],
    ['env:production', 'env', 'production', ''],
    ['env:production', 'env', 'staging', 'env:(production OR staging)'],
    ['env:(production OR staging)', 'env', 'production', 'env:staging'],
    ['attack  "two words"', 'env', 'a', 'attack  "two words" env:a'],
    ['a OR b', 'env', 'c', '(a OR b) env:c'],
    ['service:x env:a', 'env', 'a', 'service:x'],
    ['env:a AND service:x', 'env', 'a', 'service:x'],
    ['env:prod*', 'env', 'a', 'env:prod* env:a'],
    ['', '@workflow.rule.name', 'SQL injection', '@workflow.rule.name:"SQL injection"'],
  ];
  for (const [query, field, value, expected] of cases)
    it(`${JSON.stringify(query)} with ${field} ${value}`, () =>
      assert.equal(toggleFacet(query, field, value), expected));

  it('undoes itself', () => {
    const query = 'service:(a OR b) -env:test "x y"';
    const value = 'odd "value" \\ with (signs)';
    assert.equal(toggleFacet(toggleFacet(query, 'env', value), 'env', value), query);
  });
});

it('setFacet replaces all values of the field', () =>
  assert.equal(setFacet('env:(a OR b) x', 'env', ['c']), 'x env:c'));

it('withoutFacets drops several fields and keeps exclusions', () =>
  assert.equal(withoutFacets('env:a -env:b service:c x', ['env', 'service']), '-env:b x'));

it('quoteValue quotes what the language would read otherwise', () => {
  assert.deepEqual(['a-b.c', 'OR', '-a', 'a b', '2001:db8::1', 'a*'].map(quoteValue), [
    'a-b.c',
    '"OR"',
    '"-a"',
    '"a b"',
    '"2001:db8::1"',
    '"a*"',
  ]);
});
