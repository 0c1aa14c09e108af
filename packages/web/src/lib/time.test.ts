import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { count, duration, exactTime, length, relativeTime } from './time.ts';

const SECOND = 1000;
const NOW = Date.UTC(2026, 10, 24, 12);

describe('relativeTime', () => {
  const cases: readonly (readonly [ago: number, text: string])[] = [
    [0, 'now'],
    [4 * SECOND, 'now'],
    [5 * SECOND, '5 s ago'],
    [59.9 * SECOND, '59 s ago'],
    [60 * SECOND, '1 min ago'],
    [3_599 * SECOND, '59 min ago'],
    [7_200 * SECOND, '2 h ago'],
    [86_400 * SECOND, '1 d ago'],
    [45 * 86_400 * SECOND, '1 mo ago'],
    [800 * 86_400 * SECOND, '2 y ago'],
    [-3_600 * SECOND, 'in 1 h'],
    [Number.NaN, ''],
  ];
  for (const [ago, text] of cases)
    it(`says ${JSON.stringify(text)}`, () => assert.equal(relativeTime(NOW - ago, NOW), text));
});

describe('exactTime', () => {
  it('has the seconds and the zone', () => assert.equal(exactTime(NOW, 'UTC'), '24 Nov 2026, 12:00:00 UTC'));
  it('is empty for what is no time', () => assert.equal(exactTime(Number.NaN), ''));
});

describe('duration', () => {
  const cases: readonly (readonly [nanoseconds: number, text: string])[] = [
    [0, '0 ns'],
    [850, '850 ns'],
    [1_000, '1 µs'],
    [13_468_017, '13.5 ms'],
    [100_000_000, '100 ms'],
    [999_900_000, '1000 ms'],
    [1_961_914, '1.96 ms'],
    [2_500_000_000, '2.5 s'],
    [125_000_000_000, '2 min 5 s'],
    [120_000_000_000, '2 min'],
  ];
  for (const [nanoseconds, text] of cases) it(text, () => assert.equal(duration(nanoseconds), text));
});

describe('length', () => {
  for (const [seconds, text] of [
    [900, '15 minutes'],
    [3_600, '1 hour'],
    [14_400, '4 hours'],
    [86_400, '1 day'],
  ] as const)
    it(text, () => assert.equal(length(seconds), text));
});

it('count separates thousands', () => assert.equal(count(1234567), '1,234,567'));
