import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PhraseAutomaton } from './phrase-automaton.ts';

const find = (phrases: string[], text: string) => {
  const found = new PhraseAutomaton(phrases).find(text, () => true);
  return found === undefined ? undefined : text.slice(found.start, found.end);
};

test('overlapping phrases', () => {
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
      assert.equal(
        found !== undefined,
        phrases.some((phrase) => input.includes(phrase)),
      );
      assert.ok(found === undefined || phrases.includes(found));
    }),
  );
});

test('it asks about every occurrence until one is accepted', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 30 }),
      fc.nat(30),
      (text, position) => {
        const found = new PhraseAutomaton(['a', 'ab', 'ba']).find(text, (start) => start === position);
        const expected = /^(?:ab?|ba)/.exec(text.slice(position)) !== null;
        assert.equal(found?.start, expected ? position : undefined);
      },
    ),
  );
});
