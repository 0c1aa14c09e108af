import assert from 'node:assert/strict';
import test from 'node:test';
import { backOff, parseRetryAfter } from './back-off.ts';

test('grows exponentially to its maximum, half of it at random', () => {
  const most = [1, 2, 3, 6, 1000].map((failures) => backOff(failures, 30_000, () => 1));
  const least = [1, 2, 3, 6, 1000].map((failures) => backOff(failures, 30_000, () => 0));
  assert.deepEqual(most, [1000, 2000, 4000, 30_000, 30_000]);
  assert.deepEqual(least, [500, 1000, 2000, 15_000, 15_000]);
});

const NOW = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
const CASES: [string | undefined, number | undefined][] = [
  [undefined, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', 0],
  ['7', 7000],
  ['999999', 300_000],
  ['Wed, 21 Oct 2026 07:28:10 GMT', 10_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
];

for (const [header, expected] of CASES) {
  test(`Retry-After: ${header}`, () => assert.equal(parseRetryAfter(header, NOW), expected));
}
