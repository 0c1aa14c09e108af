import { type Matcher, type MatcherParser, numberMatcher } from './matcher.ts';
import { numericValue } from './typed-value.ts';

/**
 * greater_than: the value is a number above a threshold.
 *
 * Parameters: `type` (unsigned, signed or float) and `value`.
 *
 * Example: `{ "type": "unsigned", "value": 1000 }`.
 */
export const greaterThan: MatcherParser<Matcher> = {
  operator: 'greater_than',
  negatable: false,
  parse(parameters) {
    const { value: threshold } = numericValue(parameters);
    return numberMatcher('greater_than', (value) => value > threshold);
  },
};
