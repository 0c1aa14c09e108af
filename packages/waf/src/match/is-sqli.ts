import { type Matcher, type MatcherParser, stringMatcher } from './matcher.ts';
import { findSqlInjection } from './sqli/contexts.ts';

/**
 * is_sqli: the value, put into an SQL statement, would change what the statement does. Goes by the types of the first
 * tokens, after Nick Galbreath's libinjection (Black Hat USA 2012, "SQLi: new techniques for detecting"), and highlights
 * these types: `1' or 1=1 --` has `s&1c`.
 *
 * Parameters: none.
 */
export const isSqli: MatcherParser<Matcher> = {
  operator: 'is_sqli',
  negatable: false,
  parse: () => stringMatcher('is_sqli', '', findSqlInjection),
};
