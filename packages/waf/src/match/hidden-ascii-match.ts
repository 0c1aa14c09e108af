import { classNode } from '../regex/index.ts';
import { type Matcher, type MatcherParser, stringMatcher } from './matcher.ts';

const TAGS = /[\u{e0000}-\u{e007f}]/gu;

/**
 * hidden_ascii_match: the value contains Unicode tag characters (U+E0000 to U+E007F), which mirror ASCII, show as
 * nothing, and carry instructions to language models. Highlights the value as a model reads it.
 *
 * Parameters: none.
 */
export const hiddenAsciiMatch: MatcherParser<Matcher> = {
  operator: 'hidden_ascii_match',
  negatable: false,
  parse: () =>
    stringMatcher('hidden_ascii_match', '', (text) => (hasTags(text) ? reveal(text) : undefined), {
      key: 'hidden ascii',
      minLength: 0,
      isFrequent: false,
      test: hasTags,
      required: () => undefined,
      tree: () => classNode([0xe0000, 0xe007f]),
    }),
};

function hasTags(text: string): boolean {
  return text.search(TAGS) >= 0;
}

function reveal(text: string): string {
  return text.replace(TAGS, (tag) => String.fromCharCode(tag.codePointAt(0)! - 0xe0000));
}
