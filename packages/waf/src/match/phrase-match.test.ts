import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { phraseMatch } from './phrase-match.ts';

const find = (list: string[], text: string, bounded = false) =>
  phraseMatch.parse({ list, options: { enforce_word_boundary: bounded } }).match(text);

test('of overlapping phrases the leftmost longest is shown', () => {
  assert.equal(find(['he', 'she', 'his', 'hers'], 'ushers'), 'she');
  assert.equal(find(['ab', 'abcd'], 'xabcdy'), 'abcd');
  assert.equal(find(['abcx', 'bcd'], 'abcd'), 'bcd');
  assert.equal(find(['etc/', 'etc/passwd'], '/etc/passwd'), 'etc/passwd');
  assert.equal(find([''], 'abc'), undefined);
  assert.equal(find([], 'abc'), undefined);
  assert.equal(find(['ü€'], 'xü€'), 'ü€');
});

test('it finds a phrase exactly where the text contains one', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), minLength: 1, maxLength: 5 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'c'), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), text, (phrases, input) => {
      const found = find(phrases, input);
      const expected = phrases
        .filter((phrase) => input.includes(phrase))
        .sort((a, b) => input.indexOf(a) - input.indexOf(b) || b.length - a.length);
      assert.equal(found, expected[0]);
    }),
  );
});

test('by word, it finds a phrase that neither begins nor ends within one', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-'), maxLength: 30 });
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 3 });
  const isWord = (character: string | undefined) => /^\w$/.test(character ?? '');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), text, (phrases, input) => {
      const stands = (phrase: string, at: number) =>
        input.startsWith(phrase, at) &&
        !(isWord(input[at - 1]) && isWord(phrase[0])) &&
        !(isWord(input[at + phrase.length]) && isWord(phrase.at(-1)));
      const expected = phrases.some((phrase) => [...input].some((_, at) => stands(phrase, at)));
      assert.equal(find(phrases, input, true) !== undefined, expected);
    }),
  );
});
