import { type CodePointSet, compileRegex, type Node } from '../regex/index.ts';
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
  /** Whether the empty string can match; it is not looked at otherwise. */
  readonly takesEmpty?: boolean;
  /** The part of the value that matched (empty where there is no such part), or undefined. Linear in the value. */
  match(value: Scalar): string | undefined;
  /** Set where what a string must contain is regular, so that it can be looked for with all else in one pass. */
  readonly search?: SearchTerm;
}

/** What a string must contain to match. */
export interface SearchTerm {
  /** Terms with the same key look for the same. */
  readonly key: string;
  /** Bytes in UTF-8 below which a value is not looked at. */
  readonly minLength: number;
  /** Whether nearly every value matches, so that an automaton for all would tell of it all the time. */
  readonly isFrequent: boolean;
  /** Looks for it alone. */
  test(text: string): boolean;
  /** Rare characters of which every match has at least one, if there are such. */
  required(): CodePointSet | undefined;
  /**
   * It as a regular expression's tree, to match what it matches in lower case if `lowered`. Made anew, or for the last
   * time, as it takes much memory.
   */
  tree(lowered: boolean): Node;
  /** Where the tree matches more than what is looked for: whether a text that it matches does. Linear in the text. */
  readonly confirm?: (text: string) => boolean;
}

export interface MatcherParser<M> {
  /** The operator's name in rules. */
  readonly operator: string;
  /** Whether `!operator` exists. */
  readonly negatable: boolean;
  /** Reads a condition's `parameters`. Throws a Fault. */
  parse(parameters: JsonObject): M;
}

/** Looks for what is not regular by an expression that matches wherever it is, and sometimes elsewhere. */
export function approximateSearch(
  key: string,
  expression: string,
  confirm: (text: string) => boolean,
): SearchTerm {
  const regex = compileRegex(expression, { caseSensitive: false });
  return {
    key,
    minLength: 0,
    isFrequent: false,
    test: (text) => regex.test(text),
    required: () => regex.required(),
    tree: () => regex.takeTree(),
    confirm,
  };
}

/** A matcher of strings. */
export function stringMatcher(
  operator: string,
  operand: string,
  match: (text: string) => string | undefined,
  search?: SearchTerm,
): Matcher {
  const matcher: Matcher = { operator, operand, accepts: 'string', match: (value) => match(value as string) };
  return search ? { ...matcher, search } : matcher;
}

/** A matcher of one type of values; it has no part to highlight. */
export function plainMatcher<T extends Scalar>(
  operator: string,
  accepts: Matcher['accepts'],
  test: (value: T) => boolean,
): Matcher {
  const match = (value: Scalar) => (test(value as T) ? '' : undefined);
  return { operator, operand: '', accepts, takesEmpty: true, match };
}
