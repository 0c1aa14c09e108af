import { get, stringAt, stringsAt } from '../ruleset/json.ts';
import type { DataReference } from '../ruleset/specification.ts';
import { type Clock, type DatedValue, isExpired, laterExpiration } from './dated-value.ts';
import { type Matcher, type MatcherParser, stringMatcher } from './matcher.ts';

/**
 * exact_match: the value is one of a list.
 *
 * Parameters: `list`, or `data`, the id of a `rules_data` or `exclusion_data` entry.
 *
 * Example: `{ "data": "blocked_users" }`.
 */
export const exactMatch: MatcherParser<Matcher | DataReference> = {
  operator: 'exact_match',
  negatable: true,
  parse(parameters) {
    if (get(parameters, 'list') === undefined) {
      return { operator: 'exact_match', data: stringAt(parameters, 'data') };
    }
    return exactMatcher(
      stringsAt(parameters, 'list').map((value) => ({ value, expiration: 0 })),
      () => 0,
    );
  },
};

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
