import { fail } from '../ruleset/fault.ts';
import { type JsonObject, numberAt, stringAt } from '../ruleset/json.ts';
import { type Matcher, type MatcherParser, plainMatcher } from './matcher.ts';

const NUMERIC_TYPES: readonly string[] = ['unsigned', 'signed', 'float'];

/** Reads `type` and `value` of a numeric comparison. Throws a Fault, also where the value doesn't fit the type. */
export function numericValue(parameters: JsonObject): { type: string; value: number } {
  const type = stringAt(parameters, 'type');
  if (!NUMERIC_TYPES.includes(type)) {
    fail(`unknown type: '${type}', expected ${NUMERIC_TYPES.join(', ')}`);
  }
  const value = numberAt(parameters, 'value');
  if ((type !== 'float' && !Number.isInteger(value)) || (type === 'unsigned' && value < 0)) {
    fail(`'value' is not ${type}: ${value}`);
  }
  return { type, value };
}

/** The parser of an operator that compares a number with a threshold. */
export function comparison(
  operator: string,
  test: (value: number, threshold: number) => boolean,
): MatcherParser<Matcher> {
  return {
    operator,
    negatable: false,
    parse(parameters) {
      const { value: threshold } = numericValue(parameters);
      return plainMatcher<number>(operator, 'number', (value) => test(value, threshold));
    },
  };
}
