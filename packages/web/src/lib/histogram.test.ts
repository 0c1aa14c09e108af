import assert from 'node:assert/strict';
import { it } from 'node:test';
import { histogram } from './histogram.ts';

it('histogram counts every time once, the last in the last bar', () => {
  const { from, step, counts, most } = histogram([1000, 1000, 1005, 1009], 2);
  assert.deepEqual({ from, step, counts, most }, { from: 1000, step: 5, counts: [2, 2], most: 2 });
});

it('histogram takes one time, and none', () => {
  assert.deepEqual(histogram([5], 3).counts, [1, 0, 0]);
  assert.deepEqual(histogram([], 3), { from: 0, step: 1, counts: [0, 0, 0], most: 0 });
});
