import { Fault } from '../ruleset/fault.ts';
import { booleanAt, get, numberFrom, stringAt } from '../ruleset/json.ts';
import { type Matcher, type MatcherParser, numberMatcher, stringMatcher } from './matcher.ts';
import { numericValue } from './typed-value.ts';

const DEFAULT_DELTA = 0.01;

/**
 * equals: the value is of a type and equal to one value.
 *
 * Parameters: `type` (string, boolean, unsigned, signed or float) and `value`; for float also `delta`, default 0.01,
 * below which a difference doesn't count.
 *
 * Example: `{ "type": "boolean", "value": true }`.
 */
export const equals: MatcherParser<Matcher> = {
  operator: 'equals',
  negatable: true,
  parse(parameters) {
    const type = stringAt(parameters, 'type');
    if (type === 'string') {
      const expected = stringAt(parameters, 'value');
      return stringMatcher('equals', '', (text) => (text === expected ? '' : undefined));
    }
    if (type === 'boolean') {
      if (get(parameters, 'value') === undefined) throw new Fault("missing key 'value', expected a boolean");
      const expected = booleanAt(parameters, 'value', false);
      return {
        operator: 'equals',
        operand: '',
        accepts: 'boolean',
        match: (value) => (value === expected ? '' : undefined),
      };
    }
    const { value: expected } = numericValue(parameters);
    if (type !== 'float') return numberMatcher('equals', (value) => value === expected);
    const delta = numberFrom(get(parameters, 'delta')) ?? DEFAULT_DELTA;
    return numberMatcher('equals', (value) => Math.abs(value - expected) < delta);
  },
};
