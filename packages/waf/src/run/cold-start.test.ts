import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regexSetOf } from '../regex/index.ts';
import { ColdStart } from './cold-start.ts';

test('automata are built once', () => {
  let built = 0;
  const set = regexSetOf(0, () => {
    built++;
    return [];
  });
  const start = new ColdStart([set]);
  assert.equal(start.prepare(), true);
  assert.equal(start.prepare(), false);
  assert.equal(built, 1);
});

test('the first runs share an allowance', () => {
  const start = new ColdStart([]);
  assert.equal(start.allowance(5000), 100_000);
  start.spend(-3000);
  start.spend(40_000);
  assert.equal(start.allowance(5000), 60_000);
  start.spend(90_000);
  assert.equal(start.allowance(5000), 0);
  assert.equal(start.allowance(0), 0);
});
