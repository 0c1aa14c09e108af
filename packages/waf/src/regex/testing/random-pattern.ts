/**
 * Random patterns for the differential tests, each once in RE2's syntax and once in JavaScript's. They say the same, but
 * that JavaScript gives another meaning to a repetition whose body is empty.
 */
import fc from 'fast-check';

export interface RandomPattern {
  re2: string;
  javascript: string;
  nullable: boolean;
  /** Some repetition has a body that can be empty. */
  repeatsEmpty: boolean;
}

/** Code points that probe the seams: case orbits beyond a pair, a surrogate pair, its halves, line ends, words. */
const CODE_POINTS = [...'abkKsS1_-. \n\r\v{]ſ\u212aéÉß😀𐐀𐐨', '\ud83d', '\ude00'].map(
  (character) => character.codePointAt(0)!,
);

const WORD = '[0-9A-Za-z_]';

/** RE2's spelling and JavaScript's, in `u` mode without `m` or `s`, of what is one code point. */
const SHARED_CLASSES: readonly (readonly [re2: string, javascript: string])[] = [
  ['.', '[^\\n]'],
  ['(?s:.)', '[^]'],
  ['\\d', '[0-9]'],
  ['\\D', '[^0-9]'],
  ['\\s', '[\\t\\n\\f\\r ]'],
  ['\\S', '[^\\t\\n\\f\\r ]'],
  ['\\w', WORD],
  ['[[:alpha:]]', '[A-Za-z]'],
  ['[^[:space:]]', '[^\\t\\n\\v\\f\\r ]'],
  ['\\pN', '\\p{N}'],
  ['[\\p{Greek}a]', '[\\p{Script=Greek}a]'],
];

/** The modifiers keep JavaScript's `i` from widening what a word is. */
const SHARED_ASSERTIONS: readonly (readonly [re2: string, javascript: string])[] = [
  ['^', '^'],
  ['$', '$'],
  ['\\A', '^'],
  ['\\z', '$'],
  ['(?m:^)', '(?<![^\\n])'],
  ['(?m:$)', '(?![^\\n])'],
  ['\\b', `(?-i:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`],
  ['\\B', `(?-i:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`],
];

const REPETITIONS = ['*', '+', '?', '{2}', '{0,2}', '{1,3}', '{1,}', '*?', '+?', '??', '{0,2}?', '{2,}?'];

const codePoint = fc.constantFrom(...CODE_POINTS);

const literal = codePoint.map((value) => consuming(escapeRe2(value), escapeJavaScript(value)));

const range = fc
  .tuple(codePoint, codePoint)
  .map(([a, b]): readonly [number, number] => [Math.min(a, b), Math.max(a, b)]);

const bracketClass = fc
  .tuple(fc.boolean(), fc.array(range, { minLength: 1, maxLength: 3 }))
  .map(([negated, ranges]) =>
    consuming(
      `[${negated ? '^' : ''}${ranges.map(([lo, hi]) => `${escapeRe2(lo)}-${escapeRe2(hi)}`).join('')}]`,
      `[${negated ? '^' : ''}${ranges.map(([lo, hi]) => `${escapeJavaScript(lo)}-${escapeJavaScript(hi)}`).join('')}]`,
    ),
  );

const sharedClass = fc.constantFrom(...SHARED_CLASSES).map(([re2, javascript]) => consuming(re2, javascript));

const assertion = fc
  .constantFrom(...SHARED_ASSERTIONS)
  .map(([re2, javascript]): RandomPattern => ({ re2, javascript, nullable: true, repeatsEmpty: false }));

export const randomPattern: fc.Arbitrary<RandomPattern> = fc.letrec<{ pattern: RandomPattern }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { arbitrary: literal, weight: 6 },
    { arbitrary: bracketClass, weight: 2 },
    { arbitrary: sharedClass, weight: 2 },
    { arbitrary: assertion, weight: 1 },
    {
      arbitrary: fc.array(tie('pattern'), { minLength: 2, maxLength: 4 }).map((items) => ({
        re2: items.map((item) => item.re2).join(''),
        javascript: items.map((item) => item.javascript).join(''),
        nullable: items.every((item) => item.nullable),
        repeatsEmpty: items.some((item) => item.repeatsEmpty),
      })),
      weight: 4,
    },
    {
      arbitrary: fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }).map((items) => ({
        re2: `(${items.map((item) => item.re2).join('|')})`,
        javascript: `(?:${items.map((item) => item.javascript).join('|')})`,
        nullable: items.some((item) => item.nullable),
        repeatsEmpty: items.some((item) => item.repeatsEmpty),
      })),
      weight: 3,
    },
    {
      arbitrary: fc.tuple(tie('pattern'), fc.constantFrom(...REPETITIONS)).map(([item, repetition]) => ({
        re2: `(?:${item.re2})${repetition}`,
        javascript: `(?:${item.javascript})${repetition}`,
        nullable: item.nullable || /^[*?]|^\{0/.test(repetition),
        repeatsEmpty: item.nullable || item.repeatsEmpty,
      })),
      weight: 4,
    },
  ),
})).pattern;

export const randomInput: fc.Arbitrary<string> = fc
  .array(codePoint, { maxLength: 14 })
  .map((codePoints) => String.fromCodePoint(...codePoints));

function consuming(re2: string, javascript: string): RandomPattern {
  return { re2, javascript, nullable: false, repeatsEmpty: false };
}

function escapeRe2(value: number): string {
  return `\\x{${value.toString(16)}}`;
}

function escapeJavaScript(value: number): string {
  return `\\u{${value.toString(16)}}`;
}
