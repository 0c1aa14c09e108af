import { booleanAt, get, numberFrom, stringAt } from '../ruleset/json.ts';
import { type Matcher, type MatcherParser, plainMatcher } from './matcher.ts';
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
    if (type === 'float') {
      const { value: expected } = numericValue(parameters);
      const delta = numberFrom(get(parameters, 'delta')) ?? DEFAULT_DELTA;
      return plainMatcher<number>('equals', 'number', (value) => Math.abs(value - expected) < delta);
    }
    const accepts = type === 'string' || type === 'boolean' ? type : 'number';
    const expected =
      accepts === 'number' ? numericValue(parameters).value : readers[accepts](parameters, 'value');
    return plainMatcher('equals', accepts, (value) => value === expected);
  },
};

const readers = { string: stringAt, boolean: booleanAt };
