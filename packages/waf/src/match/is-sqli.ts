import { approximateSearch, type Matcher, type MatcherParser, stringMatcher } from './matcher.ts';
import { findSqlInjection } from './sqli/contexts.ts';
import { necessaryExpression } from './sqli/necessary.ts';

/**
 * is_sqli: the value, put into an SQL statement, would change what the statement does. Goes by the types of its first
 * tokens, after Nick Galbreath's libinjection, and highlights these: `' or 1=1 --` has `s&1c`.
 *
 * Parameters: none.
 */
export const isSqli: MatcherParser<Matcher> = {
  operator: 'is_sqli',
  negatable: false,
  parse: () =>
    stringMatcher(
      'is_sqli',
      '',
      findOnce,
      approximateSearch('is_sqli', necessaryExpression(), (text) => findOnce(text) !== undefined),
    ),
};

let lastText = '';
let lastFound: string | undefined;

/** What is confirmed is asked for again when it is reported. */
function findOnce(text: string): string | undefined {
  if (text !== lastText) {
    lastFound = findSqlInjection(text);
    lastText = text;
  }
  return lastFound;
}
