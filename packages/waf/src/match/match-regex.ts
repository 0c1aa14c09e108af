import { compileRegex, type Regex, RegexSyntaxError, undoLowerCase } from '../regex/index.ts';
import { fail } from '../ruleset/fault.ts';
import { booleanAt, type JsonObject, numberAt, objectAt, stringAt } from '../ruleset/json.ts';
import { encodeUtf8 } from '../transform/utf8.ts';
import { type Matcher, type MatcherParser, type SearchTerm, stringMatcher } from './matcher.ts';

/**
 * match_regex: the value contains a match of a regular expression in RE2's syntax.
 *
 * Parameters: `regex`; `options.case_sensitive`, default false; `options.min_length`, default 0, the length in bytes
 * of UTF-8 below which a value is not looked at.
 *
 * Example: `{ "regex": "\\bunion\\s+select\\b", "options": { "min_length": 8 } }`.
 */
export const matchRegex: MatcherParser<Matcher> = {
  operator: 'match_regex',
  negatable: true,
  parse(parameters) {
    const { pattern, regex, search } = regexParameters(parameters);
    return stringMatcher(
      'match_regex',
      pattern,
      (text) => {
        if (!hasMinLength(text, search.minLength)) return undefined;
        const found = regex.find(text);
        return found === null ? undefined : text.slice(found.start, found.end);
      },
      search,
    );
  },
};

/** Reads `regex` and `options` of an operator that looks for an expression. Throws a Fault. */
export function regexParameters(parameters: JsonObject): {
  pattern: string;
  regex: Regex;
  search: SearchTerm;
} {
  const pattern = stringAt(parameters, 'regex');
  const options = objectAt(parameters, 'options', {});
  const caseSensitive = booleanAt(options, 'case_sensitive', false);
  const minLength = numberAt(options, 'min_length', 0);
  if (minLength < 0) fail(`'options.min_length' is negative: ${minLength}`);
  const regex = compile(pattern, caseSensitive);
  const search: SearchTerm = {
    key: `${caseSensitive ? 'regex' : 'regex without case'} ${pattern}`,
    minLength,
    isFrequent: regex.isFrequent,
    test: (text) => regex.test(text),
    required: () => regex.required(),
    tree: (lowered) =>
      lowered && (caseSensitive || MINDS_CASE.test(pattern))
        ? undoLowerCase(regex.takeTree())
        : regex.takeTree(),
  };
  return { pattern, regex, search };
}

/** What may switch case on within a pattern that goes by none. */
const MINDS_CASE = /\(\?\w*-/;

function compile(pattern: string, caseSensitive: boolean) {
  try {
    return compileRegex(pattern, { caseSensitive });
  } catch (error) {
    if (error instanceof RegexSyntaxError) fail(error.message);
    throw error;
  }
}

/** Whether a text has at least `minLength` bytes in UTF-8, of which each UTF-16 code unit takes one to three. */
export function hasMinLength(text: string, minLength: number): boolean {
  if (text.length >= minLength) return true;
  return text.length * 3 >= minLength && encodeUtf8(text).length >= minLength;
}
