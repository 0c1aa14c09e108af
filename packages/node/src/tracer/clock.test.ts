import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockOrigin, correctOrigin } from './clock.ts';

/** A wall clock that began at `zero`, and reads whole milliseconds. */
const reading = (zero: number, before: number, after = before) =>
  [before, Math.floor(zero + (before + after) / 2), after] as const;

test('readings of the wall clock bring a wrong origin to the right one', () => {
  const zero = 1_700_000_000_000.25;
  for (const wrong of [zero - 3, zero + 3, zero + 3_600_000, zero]) {
    let origin = wrong;
    for (let now = 100; now < 102; now += 0.01) origin = correctOrigin(origin, ...reading(zero, now));
    assert.ok(Math.abs(origin - zero) < 0.02, `${origin - zero} ms off`);
  }
});

test('a pause between two readings moves nothing', () => {
  const zero = 1_700_000_000_000.25;
  for (let now = 100; now < 102; now += 0.1) {
    assert.equal(correctOrigin(zero, ...reading(zero, now, now + 40)), zero);
  }
});

test('the origin agrees with the wall clock to the millisecond that it counts in', () => {
  const between = Date.now();
  const now = clockOrigin() + performance.now();
  assert.ok(now >= between - 0.1 && now <= Date.now() + 1.1, `${now - between} ms off`);
});
