import { get, stringAt, stringsAt } from '../ruleset/json.ts';
import type { DataReference } from '../ruleset/specification.ts';
import type { Clock, DatedValues } from './dated-value.ts';
import type { Matcher, MatcherParser } from './matcher.ts';

/** The parser of an operator that takes a `list`, or `data`, the id of one that has dates. */
export function listParser(
  operator: DataReference['operator'],
  matcherOf: (values: DatedValues, now: Clock) => Matcher,
): MatcherParser<Matcher | DataReference> {
  return {
    operator,
    negatable: true,
    parse(parameters) {
      if (get(parameters, 'list') === undefined) return { operator, data: stringAt(parameters, 'data') };
      const values = stringsAt(parameters, 'list');
      return matcherOf({ values, expirations: values.map(() => 0) }, () => 0);
    },
  };
}
