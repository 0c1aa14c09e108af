import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLuhn } from './luhn.ts';

test('the check digit is the last one, whatever stands between digits', () => {
  for (const valid of ['0', '18', '26', '59', '0000', '79927398713', '4111 1111-1111.1111', 'n° 18!']) {
    assert.ok(isLuhn(valid), valid);
  }
  for (const invalid of ['', 'x', '1', '81', '79927398710', '4111111111111112', '١٨', '１８']) {
    assert.ok(!isLuhn(invalid), invalid);
  }
});

test('any single digit that changes is noticed', () => {
  const number = '4539578763621486';
  assert.ok(isLuhn(number));
  for (let i = 0; i < number.length; i++) {
    for (let digit = 0; digit < 10; digit++) {
      const changed = number.slice(0, i) + digit + number.slice(i + 1);
      assert.equal(isLuhn(changed), changed === number, changed);
    }
  }
});
