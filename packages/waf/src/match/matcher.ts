import type { JsonObject } from '../ruleset/json.ts';

export type Scalar = string | number | boolean;

/** What an operator with its parameters becomes: a test of one scalar. */
export interface Matcher {
  /** The operator's name, as events report it. */
  readonly operator: string;
  /** What it looks for, as events report it; empty where that would be a whole list. */
  readonly operand: string;
  /** The only type of scalar that it is given. */
  readonly accepts: 'string' | 'number' | 'boolean';
  /** The part of the value that matched (empty where there is no such part), or undefined. Linear in the value. */
  match(value: Scalar): string | undefined;
  /** Set where the matcher is a regular expression, so that many can be looked for in one pass over a value. */
  readonly regex?: { pattern: string; caseSensitive: boolean; minLength: number };
}

export interface MatcherParser<M> {
  /** The operator's name in rules. */
  readonly operator: string;
  /** Whether `!operator` exists. */
  readonly negatable: boolean;
  /** Reads a condition's `parameters`. Throws a Fault. */
  parse(parameters: JsonObject): M;
}

/** A matcher of strings. */
export function stringMatcher(
  operator: string,
  operand: string,
  match: (text: string) => string | undefined,
): Matcher {
  return { operator, operand, accepts: 'string', match: (value) => match(value as string) };
}

/** A matcher of numbers; it has no part to highlight. */
export function numberMatcher(operator: string, test: (value: number) => boolean): Matcher {
  return {
    operator,
    operand: '',
    accepts: 'number',
    match: (value) => (test(value as number) ? '' : undefined),
  };
}
