import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { REGEX_LIMITS } from '../limits.ts';
import { regexSetOf } from '../regex-set.ts';
import { includes } from '../syntax/code-point-set.ts';
import { parse } from '../syntax/parse.ts';
import { randomInput, randomPattern } from '../testing/random-pattern.ts';
import { requiredCharacters, requiredInPhrases } from './required-characters.ts';

const tree = (pattern: string) => parse(pattern, { ...REGEX_LIMITS, caseSensitive: true });
const shown = (set: readonly number[] | undefined) => set && String.fromCodePoint(...set);

describe('requiredCharacters', () => {
  it('finds the rarest', () => {
    const cases: [pattern: string, set: string | undefined][] = [
      ['[&|]\\s*cat\\s*/etc', '&&||'],
      ['(?:\\$x|`y)w', '$$``'],
      ['(?:\\$)?abc', 'bb'],
      ['😀', undefined],
      ['tea', undefined],
      ['&*', undefined],
      ['(?:&|[^a])', undefined],
    ];
    for (const [pattern, set] of cases) assert.equal(shown(requiredCharacters(tree(pattern))), set, pattern);
  });

  it('and every match has one', () => {
    fc.assert(
      fc.property(randomPattern, randomInput, ({ re2 }, input) => {
        const root = tree(re2);
        const required = requiredCharacters(root);
        if (required === undefined || regexSetOf(1, () => [root]).matches(input).length === 0) return;
        assert.ok([...input].some((character) => includes(required, character.codePointAt(0)!)));
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same for phrases', () => {
    assert.equal(shown(requiredInPhrases(['etc/passwd', '$home', 'bin/'])), '$$//');
    assert.equal(requiredInPhrases(['etc/passwd', 'tea']), undefined);
  });
});
