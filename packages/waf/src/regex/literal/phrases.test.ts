import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { regexSetOf } from '../regex-set.ts';
import { phrasesTree } from './phrases.ts';

const contains = (phrases: string[], bounded: boolean, text: string, lowered = false) =>
  regexSetOf(1, () => [phrasesTree(phrases, { bounded, lowered })]).matches(text).length > 0;

const unit = fc.constantFrom('a', 'b', '_', '/', '.', 'é', '😀');
const phrase = fc.string({ unit, maxLength: 4 });
const text = fc.string({ unit: fc.oneof(unit, fc.constantFrom(' ', 'c')), maxLength: 20 });

describe('phrasesTree', () => {
  it('matches just what contains a phrase', () => {
    fc.assert(
      fc.property(fc.array(phrase, { minLength: 1, maxLength: 8 }), text, (phrases, input) => {
        const expected = phrases.some((candidate) => candidate !== '' && input.includes(candidate));
        assert.equal(contains(phrases, false, input), expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('with bounds, only where it is not within a word', () => {
    fc.assert(
      fc.property(fc.array(phrase, { minLength: 1, maxLength: 8 }), text, (phrases, input) => {
        const expected = phrases.some((candidate) => candidate !== '' && standsAlone(candidate, input));
        assert.equal(contains(phrases, true, input), expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('lowered, where a phrase stands in the text in lower case', () => {
    assert.ok(contains(['etc/'], false, 'ETC/', true));
    assert.ok(!contains(['Etc/'], false, 'Etc/', true));
    assert.ok(!contains(['Etc/'], false, 'etc/', true));
  });

  it('bears phrases that are each the beginning of the next', () => {
    const phrases = Array.from({ length: 3000 }, (_, i) => 'a'.repeat(i + 1));
    assert.ok(contains(phrases, true, 'x aaa x'));
    assert.ok(!contains(phrases, true, 'x aaab x'));
  });
});

function standsAlone(candidate: string, input: string): boolean {
  const withinWord = (at: number) => /^\w\w$/.test(input.slice(Math.max(0, at - 1), at + 1));
  for (let at = input.indexOf(candidate); at >= 0; at = input.indexOf(candidate, at + 1)) {
    if (!withinWord(at) && !withinWord(at + candidate.length)) return true;
  }
  return false;
}
