/**
 * The search syntax: Datadog's (terms, `field:value`, AND, OR, NOT and `-`, parentheses, wildcards, ranges, comparisons,
 * `CIDR(…)`). A Pratt parser: AND, written or implied between neighbours, binds tighter than OR; NOT and `-` tightest.
 */
import type { FieldReference, Query, ValueTest } from './ast.ts';
import { QuerySyntaxError } from './error.ts';
import { found, type Token, tokenize } from './lexer.ts';
import { literalOf } from './pattern.ts';

/** How deep parentheses and negations may stand in each other. */
export const MAX_QUERY_DEPTH = 50;
/** How many terms a query may have. */
export const MAX_QUERY_TERMS = 500;

const POWER = { or: 1, and: 2 } as const;

/** Whose values are being read: a field's, any (`*:`), or none (terms of their own). */
type Scope = FieldReference | 'any' | undefined;

/** Reads a query. Throws QuerySyntaxError, never anything else. Time is linear in the query's length. */
export function parseQuery(text: string): Query {
  const parser = new Parser(text);
  return parser.parse();
}

class Parser {
  readonly #text: string;
  readonly #tokens: Token[];
  #next = 0;
  #terms = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  parse(): Query {
    if (this.#peek().kind === 'end') return { kind: 'all' };
    const query = this.#expression(POWER.or, undefined, 0);
    if (this.#peek().kind !== 'end') throw this.#error('AND, OR or a term');
    return query;
  }

  #expression(minimum: number, scope: Scope, depth: number): Query {
    let left = this.#prefix(scope, depth);
    for (;;) {
      const token = this.#peek();
      const written = token.kind === 'and' || token.kind === 'or';
      if (!written && !STARTS_TERM.has(token.kind)) return left;
      const operator = token.kind === 'or' ? 'or' : 'and';
      if (POWER[operator] < minimum) return left;
      if (written) this.#next++;
      left = join(operator, left, this.#expression(POWER[operator] + 1, scope, depth));
    }
  }

  #prefix(scope: Scope, depth: number): Query {
    const token = this.#peek();
    if (depth > MAX_QUERY_DEPTH)
      throw new QuerySyntaxError(token.start, `at most ${MAX_QUERY_DEPTH} levels of nesting`, 'more');
    if (token.kind !== '-' && token.kind !== 'not') return this.#primary(scope, depth);
    this.#next++;
    const operand = this.#peek();
    if (token.kind === '-' && operand.start !== token.end)
      throw new QuerySyntaxError(token.end, 'a term right after "-"', found(this.#text, token.end));
    return { kind: 'not', operand: this.#prefix(scope, depth + 1) };
  }

  #primary(scope: Scope, depth: number): Query {
    const token = this.#peek();
    if (token.kind === '(') {
      this.#next++;
      const inner = this.#expression(POWER.or, scope, depth + 1);
      if (this.#peek().kind !== ')')
        throw this.#error(`AND, OR, a term or ")" for the "(" at position ${token.start}`);
      this.#next++;
      return inner;
    }
    if (token.kind !== 'term' && token.kind !== 'range' && token.kind !== 'cidr')
      throw this.#error(scope === undefined ? 'a term' : 'a value');
    if (++this.#terms > MAX_QUERY_TERMS)
      throw new QuerySyntaxError(token.start, `at most ${MAX_QUERY_TERMS} terms`, 'more');
    this.#next++;
    if (token.kind === 'cidr')
      return { kind: 'cidr', field: reference(token.field.text, token.field.start), ranges: token.ranges };
    if (token.kind === 'term' && scope === undefined && this.#peek().kind === ':')
      return this.#fieldValue(token, depth);
    return this.#test(token, scope);
  }

  /** What follows `name`: the colon, and a value or a group of values. */
  #fieldValue(name: Token & { kind: 'term' }, depth: number): Query {
    const colon = this.#peek();
    const isAny = name.pattern.length === 1 && name.pattern[0]!.kind === 'many';
    const key = literalOf(name.pattern);
    if (name.quoted || (!isAny && (key === undefined || key === '' || key === '@')))
      throw new QuerySyntaxError(
        name.start,
        'the name of a field, without quotes or wildcards',
        found(this.#text, name.start),
      );
    if (colon.start !== name.end) throw new QuerySyntaxError(colon.start, 'AND, OR or a term', '":"');
    this.#next++;
    const value = this.#peek();
    const isValue = value.kind === '(' || value.kind === 'term' || value.kind === 'range';
    if (value.start !== colon.end || !isValue)
      throw new QuerySyntaxError(
        colon.end,
        `a value right after "${this.#text.slice(name.start, colon.end)}"`,
        found(this.#text, colon.end),
      );
    return this.#primary(isAny ? 'any' : reference(key!, name.start), depth);
  }

  #test(token: Token & { kind: 'term' | 'range' }, scope: Scope): Query {
    if (token.kind === 'range') {
      // The lexer reads ranges only as values, so a field or `*:` stands before it.
      if (scope === undefined || scope === 'any')
        throw new QuerySyntaxError(token.start, 'a term', found(this.#text, token.start));
      const { low, high } = token;
      return {
        kind: 'field',
        field: scope,
        test: { kind: 'range', ...(low && { low }), ...(high && { high }) },
      };
    }
    const isAny = token.pattern.length === 1 && token.pattern[0]!.kind === 'many';
    if (scope === undefined || scope === 'any')
      return isAny || token.pattern.length === 0 ? { kind: 'all' } : { kind: 'text', pattern: token.pattern };
    const text = literalOf(token.pattern);
    const test: ValueTest = isAny
      ? { kind: 'exists' }
      : text === undefined
        ? { kind: 'wildcard', pattern: token.pattern }
        : { kind: 'equals', value: text };
    return { kind: 'field', field: scope, test };
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #error(expected: string): QuerySyntaxError {
    const { start } = this.#peek();
    return new QuerySyntaxError(start, expected, found(this.#text, start));
  }
}

const STARTS_TERM: ReadonlySet<Token['kind']> = new Set(['term', 'range', 'cidr', '(', '-', 'not']);

/** The name of a field as it is written in a query, a group-by or a template: `@http.client_ip`, `service`. */
export function reference(text: string, position = 0): FieldReference {
  const attribute = text.startsWith('@');
  return { attribute, name: attribute ? text.slice(1) : text, position };
}

function join(kind: 'and' | 'or', left: Query, right: Query): Query {
  const operands = [left, right].flatMap((side) => (side.kind === kind ? side.operands : [side]));
  return { kind, operands };
}
