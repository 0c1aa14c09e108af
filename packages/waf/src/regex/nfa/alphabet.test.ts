import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { includes, normalize } from '../syntax/code-point-set.ts';
import { partition } from './alphabet.ts';
import { buildUnitTable } from './unit-table.ts';

const codePoint = fc.oneof(fc.nat(0x10ffff), fc.nat(0x300), fc.integer({ min: 0xd7f0, max: 0xe010 }));
const set = fc
  .array(fc.tuple(codePoint, codePoint), { minLength: 1, maxLength: 4 })
  .map((pairs) => normalize(pairs.flatMap(([a, b]) => [Math.min(a, b), Math.max(a, b)])));

describe('partition', () => {
  it('gives two code points one symbol exactly if no set tells them apart', () => {
    fc.assert(
      fc.property(fc.array(set, { maxLength: 5 }), codePoint, codePoint, (sets, a, b) => {
        const { alphabet, members } = partition(sets);
        const alike = sets.every((one) => includes(one, a) === includes(one, b));
        assert.equal(alphabet.symbolOf(a) === alphabet.symbolOf(b), alike);
        for (const [index, one] of sets.entries()) {
          assert.equal(members[index]![alphabet.symbolOf(a)] === 1, includes(one, a));
          assert.equal(members[index]![alphabet.endOfText], 0);
        }
      }),
    );
  });
});

describe('unit table', () => {
  it('agrees with the alphabet, save for high surrogates', () => {
    fc.assert(
      fc.property(fc.array(set, { maxLength: 5 }), codePoint, (sets, drawn) => {
        const { alphabet } = partition(sets);
        const { pages, pageOf } = buildUnitTable(alphabet, new Uint16Array(alphabet.endOfText));
        const unit = drawn & 0xffff;
        const isHighSurrogate = unit >= 0xd800 && unit <= 0xdbff;
        const expected = isHighSurrogate ? alphabet.highSurrogate : alphabet.symbolOf(unit);
        assert.equal(pages[(pageOf[unit >> 8]! << 8) | (unit & 255)], expected);
        if (unit < 256) assert.equal(pages[unit], expected);
      }),
    );
  });
});
