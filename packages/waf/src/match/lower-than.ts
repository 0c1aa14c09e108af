import { type Matcher, type MatcherParser, numberMatcher } from './matcher.ts';
import { numericValue } from './typed-value.ts';

/**
 * lower_than: the value is a number below a threshold.
 *
 * Parameters: `type` (unsigned, signed or float) and `value`.
 *
 * Example: `{ "type": "signed", "value": 0 }`.
 */
export const lowerThan: MatcherParser<Matcher> = {
  operator: 'lower_than',
  negatable: false,
  parse(parameters) {
    const { value: threshold } = numericValue(parameters);
    return numberMatcher('lower_than', (value) => value < threshold);
  },
};
