import { phrasesTree, requiredInPhrases, searchTree } from '../regex/index.ts';
import { fail } from '../ruleset/fault.ts';
import { arrayAt, booleanAt, objectAt } from '../ruleset/json.ts';
import { type Matcher, type MatcherParser, stringMatcher } from './matcher.ts';

/**
 * phrase_match: the value contains one of a list of phrases. Case matters; rules pair it with `lowercase`.
 *
 * Parameters: `list`; `options.enforce_word_boundary`, default false: an occurrence counts only if it doesn't begin or
 * end within a word of ASCII letters, digits and underscores.
 *
 * Example: `{ "list": ["etc/passwd", "boot.ini"], "options": { "enforce_word_boundary": true } }`.
 */
export const phraseMatch: MatcherParser<Matcher> = {
  operator: 'phrase_match',
  negatable: true,
  parse(parameters) {
    const phrases = arrayAt(parameters, 'list').map((item, index) => {
      if (typeof item !== 'string') fail(`'list[${index}]' is not a string`);
      return item;
    });
    const options = objectAt(parameters, 'options', {});
    const bounded = booleanAt(options, 'enforce_word_boundary', false);
    const { test, find } = searchTree(() => phrasesTree(phrases, { bounded, where: true }));
    const match = (text: string): string | undefined => {
      const found = find(text);
      return found === null ? undefined : text.slice(found.start, found.end);
    };
    const key = `${bounded ? 'phrases by word' : 'phrases'} ${JSON.stringify(phrases)}`;
    return stringMatcher('phrase_match', '', match, {
      key,
      minLength: 0,
      isFrequent: false,
      test,
      required: () => requiredInPhrases(phrases),
      tree: (lowered) => phrasesTree(phrases, { bounded, lowered }),
    });
  },
};
