import { type Clock, type DatedValue, isExpired, laterExpiration } from './dated-value.ts';
import { listParser } from './list-match.ts';
import { type Matcher, stringMatcher } from './matcher.ts';

/**
 * exact_match: the value is one of a list.
 *
 * Parameters: `list`, or `data`, the id of a `rules_data` or `exclusion_data` entry.
 *
 * Example: `{ "data": "blocked_users" }`.
 */
export const exactMatch = listParser('exact_match', exactMatcher);

/** Matches values that have not expired. */
export function exactMatcher(values: readonly DatedValue[], now: Clock): Matcher {
  const expirations = new Map<string, number>();
  for (const { value, expiration } of values) {
    expirations.set(value, laterExpiration(expirations.get(value), expiration));
  }
  return stringMatcher('exact_match', '', (text) => {
    const expiration = expirations.get(text);
    return expiration === undefined || isExpired(expiration, now) ? undefined : text;
  });
}
