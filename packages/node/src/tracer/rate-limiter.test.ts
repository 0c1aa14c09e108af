import assert from 'node:assert/strict';
import test from 'node:test';
import { createRateLimiter } from './rate-limiter.ts';

test('lets a burst through, then refills at the rate', () => {
  let time = 0;
  const limiter = createRateLimiter(10, () => time);
  const passed = (attempts: number) => Array.from({ length: attempts }, limiter).filter(Boolean).length;
  assert.equal(passed(15), 10);
  time = 500;
  assert.equal(passed(15), 5);
  time = 60_000;
  assert.equal(passed(15), 10);
});
