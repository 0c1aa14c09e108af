import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Deadline } from './deadline.ts';

test('the clock is read seldom, and what is over stays over', () => {
  let time = 0;
  let readings = 0;
  const deadline = new Deadline(() => {
    readings++;
    return time;
  }, 10);
  for (let i = 0; i < 160; i++) assert.equal(deadline.expired(), false);
  assert.equal(readings, 9);
  for (let i = 0; i < 10; i++) assert.equal(deadline.expired(16), false);
  assert.equal(readings, 19);
  time = 10;
  assert.equal(deadline.hasExpired, false);
  assert.equal(deadline.expired(), true);
  time = 0;
  assert.equal(deadline.expiredNow(), true);
  assert.equal(deadline.hasExpired, true);
});
