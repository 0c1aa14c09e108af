import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileRegex, compileRegexSet } from '../index.ts';
import { REGEX_LIMITS } from '../limits.ts';
import { parse } from '../syntax/parse.ts';
import { randomInput, randomPattern } from '../testing/random-pattern.ts';
import { containsAny, requiredLiterals } from './required-literals.ts';

function literalsOf(pattern: string, caseSensitive = true): readonly string[] | null {
  const literals = requiredLiterals(parse(pattern, { ...REGEX_LIMITS, caseSensitive }));
  return literals && [...literals].sort();
}

const CASES: readonly (readonly [pattern: string, literals: readonly string[] | null])[] = [
  ['abc', ['abc']],
  ['ABC', ['abc']],
  ['(?i)task', ['task']],
  ['a(?i:b)c', ['abc']],
  ['(?:get|post)\\s+x', ['get', 'post']],
  ['https?://', ['http://', 'https://']],
  ['union.*?select', ['select']],
  ['\\bselect\\b', ['select']],
  ['^abc$', ['abc']],
  ['x*abc', ['abc']],
  ['(?:abc)+d?', ['abc']],
  ['(?:abc){2,}', ['abc']],
  ['(?:abc)?', null],
  ['(?:abc)*de', ['de']],
  ['(?:ab|\\w)', null],
  ['abcd|x\\w+efg', ['abcd', 'efg']],
  ['a[01]b', ['a0b', 'a1b']],
  ['abc(?:|d)', ['abc', 'abcd']],
  ['a', null],
  ['.*', null],
  ['éab', ['ab']],
  ['\u212aab', ['kab']],
  ['one|two|three|four', null],
];

describe('requiredLiterals', () => {
  for (const [pattern, literals] of CASES) {
    it(`of ${pattern}: ${literals?.join(', ') ?? 'none'}`, () => {
      assert.deepEqual(literalsOf(pattern), literals && [...literals].sort());
    });
  }

  it('finds in the input what folds to a literal', () => {
    for (const [pattern, input] of [
      ['task', 'TAſ\u212a'],
      ['bits', 'BITS'],
    ] as const) {
      assert.ok(containsAny(input, literalsOf(pattern, false)!));
      assert.ok(compileRegex(pattern, { caseSensitive: false }).test(input));
    }
  });

  it('holds no matching input back', () => {
    fc.assert(
      fc.property(
        randomPattern,
        randomPattern,
        fc.boolean(),
        randomInput,
        (one, other, caseSensitive, input) => {
          const pattern = one.re2 + other.re2;
          const literals = literalsOf(pattern, caseSensitive);
          // A set has no prefilter.
          const matches = compileRegexSet([{ pattern, caseSensitive }]).matches(input).length > 0;
          if (literals !== null && matches) assert.ok(containsAny(input, literals));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
