import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { includes } from './code-point-set.ts';
import { foldCase } from './fold.ts';
import { codePointsMatching } from './unicode.ts';

function members(set: readonly number[]): number[] {
  const codePoints: number[] = [];
  for (let i = 0; i < set.length; i += 2) {
    for (let codePoint = set[i]!; codePoint <= set[i + 1]!; codePoint++) codePoints.push(codePoint);
  }
  return codePoints;
}

describe('foldCase', () => {
  it('joins what the JavaScript engine takes for equal without case, over all of Unicode', () => {
    const cased = members(
      codePointsMatching(/[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}\p{Cased}]+/gu, 0x10ffff),
    );
    const text = String.fromCodePoint(...cased);
    assert.ok(cased.length > 2500);
    for (const codePoint of cased) {
      const equal = new RegExp(`\\u{${codePoint.toString(16)}}`, 'giu');
      const expected = [...text.matchAll(equal)].map(([character]) => character.codePointAt(0)!);
      assert.deepEqual(members(foldCase([codePoint, codePoint])), expected, `U+${codePoint.toString(16)}`);
    }
  });

  it('folds every member of a range', () => {
    const folded = foldCase([0x61, 0x7a]);
    for (const character of ['a', 'Z', 'ſ', '\u212a']) assert.ok(includes(folded, character.codePointAt(0)!));
    assert.deepEqual(foldCase([0x30, 0x39]), [0x30, 0x39]);
    assert.deepEqual(foldCase([0, 0x10ffff]), [0, 0x10ffff]);
  });
});
