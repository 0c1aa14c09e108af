import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { REGEX_LIMITS } from '../limits.ts';
import { regexSetOf } from '../regex-set.ts';
import { randomInput, randomPattern } from '../testing/random-pattern.ts';
import { undoLowerCase } from './lower-case.ts';
import { parse } from './parse.ts';

const tree = (pattern: string, caseSensitive = true) => parse(pattern, { ...REGEX_LIMITS, caseSensitive });
const lowered = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

describe('undoLowerCase', () => {
  it('matches a text just where the tree matches it in lower case', () => {
    fc.assert(
      fc.property(randomPattern, fc.boolean(), randomInput, ({ re2 }, caseSensitive, input) => {
        const root = tree(re2, caseSensitive);
        const undone = undoLowerCase(root);
        const before = regexSetOf(1, () => [root]).matches(lowered(input));
        assert.deepEqual(regexSetOf(1, () => [undone]).matches(input), before);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same tree where case does not matter', () => {
    for (const pattern of ['union\\s+[^a-z]', '[a-k]{2}|\\bx$', '.*']) {
      const root = tree(pattern, false);
      assert.equal(undoLowerCase(root), root);
    }
    assert.notEqual(undoLowerCase(tree('a')), tree('a'));
  });
});
