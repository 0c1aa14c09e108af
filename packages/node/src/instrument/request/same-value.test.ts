import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameValue } from './same-value.ts';

for (const [left, right, same] of [
  ['a', 'a', true],
  ['a', 'b', false],
  [{ a: '1' }, { a: '1' }, true],
  [{ a: '1' }, { a: '2' }, false],
  [{ a: '1' }, { b: '1' }, false],
  [{ a: '1' }, { a: '1', b: '2' }, false],
  [{ a: ['1', '2'] }, { a: ['1', '2'] }, true],
  [['1'], { 0: '1' }, false],
  [{ a: undefined }, { b: undefined }, false],
  [undefined, {}, false],
  [null, {}, false],
] as const) {
  test(`${JSON.stringify(left)} and ${JSON.stringify(right)} are ${same ? 'the same' : 'different'}`, () => {
    assert.equal(isSameValue(left, right), same);
  });
}

test('prototypes do not count', () => {
  assert.ok(isSameValue(Object.assign(Object.create(null), { a: '1' }), { a: '1' }));
});

test('a cycle ends', () => {
  const cycle = (): Record<string, unknown> => {
    const value: Record<string, unknown> = {};
    value.self = value;
    return value;
  };
  assert.equal(isSameValue(cycle(), cycle()), false);
});
