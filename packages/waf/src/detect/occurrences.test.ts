import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FOUND, findInjection } from './occurrences.ts';

const never = (start: number) => start + 1;
const always = () => FOUND;

/** The occurrences that are looked at, and how many code units they have together. */
function lookedAt(text: string, input: string): { count: number; units: number } {
  const looked = { count: 0, units: 0 };
  findInjection(text, input, 2, (start, end) => {
    looked.count++;
    looked.units += end - start;
    return start + 1;
  });
  return looked;
}

describe('findInjection', () => {
  for (const [text, input, highlight] of [
    ['a b c', 'b', null],
    ['a bb c', 'bb', 'bb'],
    ['a bb c', ' bb\n', 'bb'],
    ['a bb c', 'BB', 'bb'],
    ['a BB c', 'bb', 'BB'],
    ['a ../x c', '..%2fx', '../x'],
    ['a ../x c', '..%2Fx ', '../x'],
    ['a é c é', '%c3%a9 c', 'é c'],
    ['a %2 c', '%2 c', '%2 c'],
    ['a bb c', 'xx', null],
  ] as const) {
    test(`${JSON.stringify(input)} in ${JSON.stringify(text)}: ${highlight}`, () => {
      assert.equal(findInjection(text, input, 2, always), highlight);
    });
  }

  test('finds nothing if the inspector finds nothing', () => {
    assert.equal(findInjection('aa aa', 'aa', 2, never), null);
  });

  test('looks at every occurrence of an input that does not overlap itself', () => {
    assert.equal(lookedAt('abcdefgh,'.repeat(2000), 'abcdefgh').count, 2000);
  });

  test('looks at a number of occurrences, and of their code units, that is bounded', () => {
    assert.equal(lookedAt('ab,'.repeat(5000), 'ab').count, 256);
    assert.equal(lookedAt('abcdefgh,'.repeat(5000), 'abcdefgh').count, 2048);
    const { units } = lookedAt('a'.repeat(10_000), 'a'.repeat(5000));
    assert.ok(units <= 8 * 10_000 + 5000, String(units));
  });
});
