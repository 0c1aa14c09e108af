import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CodePointSet, includes, MAX_CODE_POINT, negate, normalize } from './code-point-set.ts';

const codePoint = fc.oneof(fc.nat(12), fc.integer({ min: MAX_CODE_POINT - 5, max: MAX_CODE_POINT }));
const ranges = fc
  .array(fc.tuple(codePoint, codePoint), { maxLength: 6 })
  .map((pairs) => pairs.flatMap(([a, b]) => [Math.min(a, b), Math.max(a, b)]));

function isCanonical(set: CodePointSet): boolean {
  return set.every((bound, i) => i === 0 || (i % 2 === 1 ? bound >= set[i - 1]! : bound > set[i - 1]! + 1));
}

describe('code point sets', () => {
  it('normalize covers the same code points, in sorted and separate ranges', () => {
    fc.assert(
      fc.property(ranges, codePoint, (list, member) => {
        const set = normalize(list);
        const covered = list.some((lo, i) => i % 2 === 0 && lo <= member && member <= list[i + 1]!);
        assert.ok(isCanonical(set));
        assert.equal(includes(set, member), covered);
      }),
    );
  });

  it('negate holds all others', () => {
    fc.assert(
      fc.property(ranges, codePoint, (list, member) => {
        const set = normalize(list);
        assert.ok(isCanonical(negate(set)));
        assert.notEqual(includes(set, member), includes(negate(set), member));
        assert.deepEqual(negate(negate(set)), set);
      }),
    );
  });
});
