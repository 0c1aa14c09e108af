import { type Clock, type DatedValues, isExpired, laterExpiration } from './dated-value.ts';
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
export function exactMatcher({ values, expirations }: DatedValues, now: Clock): Matcher {
  const known = new Map<string, number>();
  for (let i = 0; i < values.length; i++) {
    known.set(values[i]!, laterExpiration(known.get(values[i]!), expirations[i]!));
  }
  return stringMatcher('exact_match', '', (text) => {
    const expiration = known.get(text);
    return expiration === undefined || isExpired(expiration, now) ? undefined : text;
  });
}
