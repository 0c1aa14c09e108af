import { fail } from '../ruleset/fault.ts';
import { stringAt } from '../ruleset/json.ts';
import { isLuhn } from './luhn.ts';
import { hasMinLength, regexParameters } from './match-regex.ts';
import { type Matcher, type MatcherParser, stringMatcher } from './matcher.ts';

/** By their names in rules, tests of the digits in a text. */
const CHECKSUMS: ReadonlyMap<string, (text: string) => boolean> = new Map([['luhn', isLuhn]]);

/**
 * match_regex_with_checksum: the value contains a match of a regular expression whose digits have a valid checksum.
 * The first such match counts, among those that follow one another without overlap; what is no digit in it is passed
 * over. An empty match ends the search.
 *
 * Parameters: `regex` and `options` as in match_regex; `checksum`, of which there is `luhn`.
 *
 * Example: `{ "regex": "\\b\\d(?:[ -]?\\d){12,18}\\b", "checksum": "luhn" }`.
 */
export const matchRegexWithChecksum: MatcherParser<Matcher> = {
  operator: 'match_regex_with_checksum',
  negatable: true,
  parse(parameters) {
    const { pattern, regex, search } = regexParameters(parameters);
    const name = stringAt(parameters, 'checksum');
    const isValid =
      CHECKSUMS.get(name) ??
      fail(`unknown checksum algorithm: '${name}', expected ${[...CHECKSUMS.keys()].join(', ')}`);
    return stringMatcher(
      'match_regex_with_checksum',
      pattern,
      (text) => {
        if (!hasMinLength(text, search.minLength)) return undefined;
        for (const { start, end } of regex.matches(text)) {
          const match = text.slice(start, end);
          if (isValid(match)) return match;
        }
        return undefined;
      },
      search,
    );
  },
};
