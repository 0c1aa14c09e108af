import { compileRegex, RegexSyntaxError, undoLowerCase } from '../regex/index.ts';
import { Fault } from '../ruleset/fault.ts';
import { optionalBooleanAt, optionalNumberAt, optionalObjectAt, stringAt } from '../ruleset/json.ts';
import { utf8Length } from '../transform/utf8.ts';
import type { Matcher, MatcherParser } from './matcher.ts';

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
    const pattern = stringAt(parameters, 'regex');
    const options = optionalObjectAt(parameters, 'options');
    const caseSensitive = optionalBooleanAt(options, 'case_sensitive', false);
    const minLength = optionalNumberAt(options, 'min_length', 0);
    if (minLength < 0) throw new Fault(`'options.min_length' is negative: ${minLength}`);
    const regex = compile(pattern, caseSensitive);
    return {
      operator: 'match_regex',
      operand: pattern,
      accepts: 'string',
      search: {
        key: `${caseSensitive ? 'regex' : 'regex without case'} ${pattern}`,
        minLength,
        isFrequent: regex.isFrequent,
        test: (text) => regex.test(text),
        required: () => regex.required(),
        tree: (lowered) =>
          lowered && (caseSensitive || MINDS_CASE.test(pattern))
            ? undoLowerCase(regex.takeTree())
            : regex.takeTree(),
      },
      match(value) {
        const text = value as string;
        if (!hasMinLength(text, minLength)) return undefined;
        const found = regex.find(text);
        return found === null ? undefined : text.slice(found.start, found.end);
      },
    };
  },
};

/** What may switch case on within a pattern that goes by none. */
const MINDS_CASE = /\(\?\w*-/;

function compile(pattern: string, caseSensitive: boolean) {
  try {
    return compileRegex(pattern, { caseSensitive });
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw new Fault(error.message);
    throw error;
  }
}

/** Whether a text has at least `minLength` bytes in UTF-8, of which each UTF-16 code unit takes one to three. */
export function hasMinLength(text: string, minLength: number): boolean {
  if (text.length >= minLength) return true;
  return text.length * 3 >= minLength && utf8Length(text) >= minLength;
}
