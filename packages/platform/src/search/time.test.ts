import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseTime, parseTimeRange, TimeSyntaxError } from './time.ts';

/** A Wednesday. */
const NOW = Date.parse('2026-03-31T10:20:30.456Z');

const times: readonly (readonly [text: string, iso: string])[] = [
  ['now', '2026-03-31T10:20:30.456Z'],
  ['now-15m', '2026-03-31T10:05:30.456Z'],
  ['now-1h', '2026-03-31T09:20:30.456Z'],
  ['now+30s', '2026-03-31T10:21:00.456Z'],
  ['now-7d', '2026-03-24T10:20:30.456Z'],
  ['now-1w', '2026-03-24T10:20:30.456Z'],
  ['now-1M', '2026-02-28T10:20:30.456Z'],
  ['now-13M', '2025-02-28T10:20:30.456Z'],
  ['now-2y', '2024-03-31T10:20:30.456Z'],
  ['now/d', '2026-03-31T00:00:00.000Z'],
  ['now/h', '2026-03-31T10:00:00.000Z'],
  ['now/m', '2026-03-31T10:20:00.000Z'],
  ['now/s', '2026-03-31T10:20:30.000Z'],
  ['now/w', '2026-03-30T00:00:00.000Z'],
  ['now/M', '2026-03-01T00:00:00.000Z'],
  ['now/y', '2026-01-01T00:00:00.000Z'],
  ['now-1d/d', '2026-03-30T00:00:00.000Z'],
  ['now/d-1d+2h', '2026-03-30T02:00:00.000Z'],
  ['0', '1970-01-01T00:00:00.000Z'],
  ['1774952430456', '2026-03-31T10:20:30.456Z'],
  ['2026-01-02', '2026-01-02T00:00:00.000Z'],
  ['2026-01-02T03:04', '2026-01-02T03:04:00.000Z'],
  ['2026-01-02T03:04:05', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02T03:04:05.123456789Z', '2026-01-02T03:04:05.123Z'],
  ['2026-01-02T03:04:05+02:00', '2026-01-02T01:04:05.000Z'],
  ['2026-01-02T03:04:05+0200', '2026-01-02T01:04:05.000Z'],
  [' now ', '2026-03-31T10:20:30.456Z'],
];

const faults = [
  'yesterday',
  'now-',
  'now-5',
  'now-5x',
  'now5m',
  'now-999999999y',
  '2026-13-01',
  '2026-1-1',
  '1e3',
];

describe('parseTime', () => {
  for (const [text, iso] of times)
    it(`reads ${text}`, () => assert.equal(new Date(parseTime(text, NOW)).toISOString(), iso));
  for (const text of faults)
    it(`refuses ${text}`, () => assert.throws(() => parseTime(text, NOW), TimeSyntaxError));

  it('throws nothing but TimeSyntaxError', () => {
    const parts = fc.constantFrom(
      'now',
      '-',
      '+',
      '/',
      '1',
      '99',
      'm',
      'M',
      'y',
      'd',
      '2026-01-01',
      'T',
      ':',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (list) => {
        try {
          assert.ok(Number.isFinite(parseTime(list.join(''), NOW)));
        } catch (error) {
          if (!(error instanceof TimeSyntaxError)) throw error;
        }
      }),
    );
  });
});

describe('parseTimeRange', () => {
  it('takes ends that are absent as open', () => {
    assert.deepEqual(parseTimeRange(undefined, '', NOW), { from: undefined, to: undefined });
    assert.deepEqual(parseTimeRange('now-1h', undefined, NOW), { from: NOW - 3_600_000, to: undefined });
  });
  it('refuses a range that does not go forward, and names the end that is wrong', () => {
    assert.throws(
      () => parseTimeRange('now', 'now-1h', NOW),
      /'from' \(now\) should be before 'to' \(now-1h\)/,
    );
    assert.throws(() => parseTimeRange('now', 'now', NOW), TimeSyntaxError);
    assert.throws(() => parseTimeRange('now', 'soon', NOW), /Invalid 'to': .*"soon"/);
  });
});
