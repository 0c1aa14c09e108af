import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  compileRegex,
  compileRegexSet,
  type Match,
  parse,
  REGEX_LIMITS,
  REGEX_SET_LIMITS,
  RegexSyntaxError,
  regexSetOf,
} from './index.ts';
import { randomInput, randomPattern } from './testing/random-pattern.ts';

/** Sticky, from one code point to the next: left to itself, V8 also tries to match within surrogate pairs. */
function findWith(sticky: RegExp, input: string): Match | null {
  for (let start = 0; start <= input.length; start += input.codePointAt(start)! > 0xffff ? 2 : 1) {
    sticky.lastIndex = start;
    if (sticky.test(input)) return { start, end: sticky.lastIndex };
  }
  return null;
}

const TINY_CACHE = { cacheStates: 3, statesPerSearch: 5 };

describe("against the JavaScript engine's own regular expressions", () => {
  it('finds the same bounds', () => {
    fc.assert(
      fc.property(
        randomPattern.filter(({ repeatsEmpty }) => !repeatsEmpty),
        fc.boolean(),
        fc.array(randomInput, { minLength: 1, maxLength: 8 }),
        ({ re2, javascript }, caseSensitive, inputs) => {
          const ours = compileRegex(re2, { caseSensitive });
          const theirs = new RegExp(javascript, caseSensitive ? 'uy' : 'iuy');
          for (const input of inputs) {
            assert.deepEqual(ours.find(input), findWith(theirs, input), JSON.stringify(input));
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('a set against its patterns one by one', () => {
  it('matches the same, whether its cache suffices, is cleared or is given up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(randomPattern, fc.boolean()), { minLength: 1, maxLength: 6 }),
        fc.array(randomInput, { minLength: 1, maxLength: 8 }),
        (drawn, inputs) => {
          const patterns = drawn.map(([{ re2 }, caseSensitive]) => ({ pattern: re2, caseSensitive }));
          const single = patterns.map(({ pattern, ...options }) => compileRegex(pattern, options));
          const sets = [
            compileRegexSet(patterns),
            compileRegexSet(patterns, TINY_CACHE),
            compileRegexSet(patterns, { ...TINY_CACHE, statesPerSearch: 1 }),
            compileRegexSet(patterns, { statesPerSearch: 0 }),
          ];
          for (const input of inputs) {
            const expected = [...single.keys()].filter((index) => single[index]!.find(input) !== null);
            for (const set of sets) assert.deepEqual(set.matches(input), expected, JSON.stringify(input));
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('finds the same patterns and signs where a text is given up and tested by one pattern after the other', () => {
    fc.assert(
      fc.property(
        fc.array(randomPattern, { minLength: 1, maxLength: 6 }),
        fc.array(randomPattern, { minLength: 1, maxLength: 3 }),
        fc.array(randomInput, { minLength: 1, maxLength: 8 }),
        (patterns, expressions, inputs) => {
          const treeOf = ({ re2 }: { re2: string }) => parse(re2, { ...REGEX_LIMITS, caseSensitive: true });
          const signs = {
            marked: [
              [0x61, 0x66],
              [0x80, 0x10ffff],
            ],
            expressions: expressions.map(treeOf),
          };
          const trees = patterns.map(treeOf);
          const single = patterns.map(({ re2 }) => compileRegex(re2));
          const whole = regexSetOf(trees.length, () => trees, { signs });
          const givenUp = regexSetOf(trees.length, () => trees, {
            signs,
            limits: { ...REGEX_SET_LIMITS, statesPerSearch: 0 },
            alone: single.map((regex) => (input) => regex.test(input)),
          });
          for (const input of inputs) {
            assert.deepEqual(givenUp.matches(input), whole.matches(input), JSON.stringify(input));
            assert.equal(givenUp.found.signs, whole.found.signs, JSON.stringify(input));
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('hostile arguments', () => {
  const token = fc.constantFrom(
    ...'( ) [ ] { } * + ? | ^ $ . \\ - , 0 1 9 : = ! < > P i s m U # a \\p \\x \\Q \\E [: :] (? (?: (?P< \\1 {1 ,2} 😀'.split(
      ' ',
    ),
    '\n',
    '\ud800',
  );

  it('a pattern compiles or throws a RegexSyntaxError that points into it', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 20 }), randomInput, (tokens, input) => {
        const pattern = tokens.join('');
        try {
          compileRegex(pattern).find(input);
        } catch (error) {
          assert.ok(error instanceof RegexSyntaxError, String(error));
          assert.ok(error.position >= 0 && error.position <= pattern.length);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('no sequence of code units makes a search throw', () => {
    const regexes = ['(?i)[^a-z]k\\b.', '\\p{L}+$', '(?s).{3}', '[😀-😂\\x{d800}]|\\B'].map((pattern) =>
      compileRegex(pattern),
    );
    const units = fc.array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd700, max: 0xe0ff })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(units, (sequence) => {
        const input = String.fromCharCode(...sequence);
        for (const regex of regexes) {
          const match = regex.find(input);
          assert.equal(regex.test(input), match !== null);
          if (match !== null)
            assert.ok(match.start >= 0 && match.start <= match.end && match.end <= input.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
