import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ConditionSyntaxError, conditionSql, evaluateCondition, parseCondition } from './condition.ts';

const results = {
  a: { value: 5, first: 100, last: 200 },
  b: { value: 0, first: 0, last: 0 },
  'failed_logins-1': { value: 41, first: 50, last: 150 },
};
const names = Object.keys(results);

const conditions: readonly (readonly [text: string, holds: boolean])[] = [
  ['a > 4', true],
  ['a > 5', false],
  ['a >= 5 && b == 0', true],
  ['a > 5 || b >= 0', true],
  ['a<6&&a!=4', true],
  ['a = 5', true],
  ['a > 9 && b > 9 || a > 1', true],
  ['a > 9 && (b > 9 || a > 1)', false],
  ['!(a > 9)', true],
  ['a > b', true],
  ['a > 4.5', true],
  ['failed_logins-1 > 40 && last(a) > first(failed_logins-1)', true],
  ['last(b) > first(a)', false],
  ['  a  >  4  ', true],
];

const faults: readonly (readonly [text: string, position: number, expected: RegExp])[] = [
  ['', 0, /number or the name/],
  ['a', 1, /one of >/],
  ['a >', 3, /number or the name/],
  ['c > 1', 0, /name of a query \(a, b, failed_logins-1\)/],
  ['a > 1 b > 2', 6, /&& or \|\|/],
  ['a > 1 &&', 8, /number or the name/],
  ['(a > 1', 6, /"\)"/],
  ['a > 1)', 5, /&& or/],
  ['a > 1 & b > 1', 6, /operator/],
  ['a > $', 4, /operator/],
  ['first(c) > 1', 6, /name of a query/],
  ['first(a > 1', 8, /"\)"/],
  [`${'('.repeat(30)}a > 1`, 21, /levels/],
  ['a > 1 || '.repeat(200), 1000, /at most/],
];

describe('conditions', () => {
  for (const [text, holds] of conditions)
    it(`${text} is ${holds}`, () =>
      assert.equal(evaluateCondition(parseCondition(text, names), results), holds));

  for (const [text, position, expected] of faults)
    it(`says where ${text.slice(0, 40)} is wrong`, () =>
      assert.throws(
        () => parseCondition(text, names),
        (error) => {
          assert.ok(error instanceof ConditionSyntaxError);
          assert.equal(error.position, position);
          assert.match(error.message, expected);
          return true;
        },
      ));

  it('are written in SQL', () => {
    const condition = parseCondition('a > 1 && (b == 2 || !(last(a) != first(b)))', names);
    const sql = conditionSql(condition, (name, of) => `${of}_${name}`);
    assert.equal(sql, '((value_a > 1) AND ((value_b = 2) OR NOT (last_a != first_b)))');
  });

  it('throw nothing but ConditionSyntaxError', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      '1',
      '>',
      '>=',
      '==',
      '&&',
      '||',
      '!',
      '(',
      ')',
      'first',
      'last',
      ' ',
      '$',
      '.',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        try {
          evaluateCondition(parseCondition(parts.join(''), names), results);
        } catch (error) {
          if (!(error instanceof ConditionSyntaxError)) throw error;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
