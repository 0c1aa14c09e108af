import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTraceId, type TraceIdCandidates } from './trace-id.ts';

const zeros = '0'.repeat(16);

const ids: [text: string, candidates: TraceIdCandidates | undefined][] = [
  ['4BF92F3577B34DA6A3CE929D0E0E4736', { whole: ['4bf92f3577b34da6a3ce929d0e0e4736'], lowerHalves: [] }],
  ['1'.repeat(32), { whole: ['1'.repeat(32)], lowerHalves: [] }],
  ['a3ce929d0e0e4736', { whole: [`${zeros}a3ce929d0e0e4736`], lowerHalves: ['a3ce929d0e0e4736'] }],
  ['18446744073709551615', { whole: [`${zeros}${'f'.repeat(16)}`], lowerHalves: ['f'.repeat(16)] }],
  ['18446744073709551616', { whole: [`${'0'.repeat(15)}1${zeros}`], lowerHalves: [] }],
  ['340282366920938463463374607431768211455', { whole: ['f'.repeat(32)], lowerHalves: [] }],
  ['340282366920938463463374607431768211456', undefined],
  ['1', { whole: ['1'.padStart(32, '0')], lowerHalves: ['1'.padStart(16, '0')] }],
  [
    '1000000000000000',
    {
      whole: [`${zeros}1000000000000000`, `${zeros}00038d7ea4c68000`],
      lowerHalves: ['1000000000000000', '00038d7ea4c68000'],
    },
  ],
  ['', undefined],
  ['abc', undefined],
  ['-1', undefined],
  ['1'.repeat(40), undefined],
  ["' OR 1=1", undefined],
];

describe('parseTraceId', () => {
  for (const [text, candidates] of ids) {
    it(`reads '${text}'`, () => assert.deepEqual(parseTraceId(text), candidates));
  }
});
