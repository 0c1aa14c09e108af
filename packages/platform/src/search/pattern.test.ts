import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { PatternPart } from './ast.ts';
import { likePattern, literalOf, pattern, patternMatcher } from './pattern.ts';

/** `*` and `?` as in a query, without escapes. */
const read = (text: string) =>
  pattern(
    Array.from(text, (char): PatternPart => {
      if (char === '*') return { kind: 'many' };
      return char === '?' ? { kind: 'one' } : { kind: 'literal', text: char };
    }),
  );

describe('patterns', () => {
  it('match as a regular expression would', () => {
    const char = fc.constantFrom('a', 'b', '*', '?', '😀', '\n');
    fc.assert(
      fc.property(fc.array(char, { maxLength: 8 }), fc.array(char, { maxLength: 10 }), (wanted, given) => {
        const expression = wanted
          .map((item) => (item === '*' ? '[^]*' : item === '?' ? '[^]' : item))
          .join('');
        const text = given.join('');
        assert.equal(
          patternMatcher(read(wanted.join('')))(text),
          new RegExp(`^${expression}$`, 'u').test(text),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('are joined where parts touch', () => {
    assert.equal(literalOf(read('abc')), 'abc');
    assert.equal(literalOf([]), '');
    assert.equal(literalOf(read('a*')), undefined);
    assert.equal(read('a***b').length, 3);
  });

  it('become patterns of LIKE', () => {
    assert.equal(likePattern(read('50%_\\*x?')), '50\\%\\_\\\\%x_');
  });
});
