import { isWord } from '../characters.ts';
import { phrasesTree, requiredInPhrases } from '../regex/index.ts';
import { Fault } from '../ruleset/fault.ts';
import { arrayAt, booleanAt, objectAt } from '../ruleset/json.ts';
import { type Matcher, type MatcherParser, stringMatcher } from './matcher.ts';
import { PhraseAutomaton } from './phrase-automaton.ts';

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
      if (typeof item !== 'string') throw new Fault(`'list[${index}]' is not a string`);
      return item;
    });
    const options = objectAt(parameters, 'options', {});
    const bounded = booleanAt(options, 'enforce_word_boundary', false);
    let automaton: PhraseAutomaton | undefined;
    const match = (text: string): string | undefined => {
      automaton ??= new PhraseAutomaton(phrases);
      const found = automaton.find(text, (start, end) => !bounded || isBounded(text, start, end));
      return found === undefined ? undefined : text.slice(found.start, found.end);
    };
    const key = `${bounded ? 'phrases by word' : 'phrases'} ${JSON.stringify(phrases)}`;
    return stringMatcher('phrase_match', '', match, {
      key,
      minLength: 0,
      isFrequent: false,
      test: (text) => match(text) !== undefined,
      required: () => requiredInPhrases(phrases),
      tree: (lowered) => phrasesTree(phrases, bounded, lowered),
    });
  },
};

function isBounded(text: string, start: number, end: number): boolean {
  return !isWithinWord(text, start) && !isWithinWord(text, end);
}

/** Whether a position has word characters on both sides. */
function isWithinWord(text: string, position: number): boolean {
  return isWord(text.charCodeAt(position - 1)) && isWord(text.charCodeAt(position));
}
