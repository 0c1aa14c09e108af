/**
 * Conditions of a rule's cases: `failures > 40 && (successes > 0 || b >= 2)`. Operands are numbers and names of queries;
 * a name stands for the query's aggregate in the window, `first(name)` and `last(name)` for the time of its first and
 * last event (milliseconds since the epoch, 0 if there is none), which Datadog's conditions don't have.
 */

/** A condition that can't be read: `position` in UTF-16 code units from 0. */
export class ConditionSyntaxError extends Error {
  override readonly name = 'ConditionSyntaxError';
  readonly code = 'condition_syntax_error';
  readonly position: number;

  constructor(position: number, expected: string, found: string) {
    super(`Invalid condition at position ${position}: expected ${expected}, found ${found}`);
    this.position = position;
  }
}

export type Condition =
  | { kind: 'and' | 'or'; operands: readonly Condition[] }
  | { kind: 'not'; operand: Condition }
  | { kind: 'compare'; operator: Comparison; left: Operand; right: Operand };

export type Operand =
  | { kind: 'number'; value: number }
  | { kind: 'query'; name: string; of: 'value' | 'first' | 'last' };

type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!=';

/** What a condition reads of one query, for one group of events. */
export interface QueryResult {
  value: number;
  first: number;
  last: number;
}

const MAX_CONDITION_LENGTH = 1_000;
const MAX_CONDITION_DEPTH = 20;
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][\w.-]*)|(&&|\|\||>=|<=|==|!=|[><=!()]))/y;
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
  '=': '==',
  '==': '==',
  '!=': '!=',
};

interface Token {
  text: string;
  kind: 'number' | 'name' | 'sign' | 'end';
  start: number;
}

/** Reads a condition over the queries with the given names. Throws ConditionSyntaxError. */
export function parseCondition(text: string, names: readonly string[]): Condition {
  const tokens = tokenize(text);
  let next = 0;
  const peek = () => tokens[next]!;
  const accept = (sign: string) => {
    const isThere = peek().kind === 'sign' && peek().text === sign;
    if (isThere) next++;
    return isThere;
  };
  const fail = (expected: string): never => {
    const { start, kind, text: found } = peek();
    throw new ConditionSyntaxError(
      start,
      expected,
      kind === 'end' ? 'end of condition' : JSON.stringify(found),
    );
  };

  const chain = (sign: '&&' | '||', operand: (depth: number) => Condition, depth: number): Condition => {
    const operands = [operand(depth)];
    while (accept(sign)) operands.push(operand(depth));
    return operands.length === 1 ? operands[0]! : { kind: sign === '&&' ? 'and' : 'or', operands };
  };
  const either = (depth: number): Condition => chain('||', both, depth);
  const both = (depth: number): Condition => chain('&&', primary, depth);
  const primary = (depth: number): Condition => {
    if (depth > MAX_CONDITION_DEPTH) fail(`at most ${MAX_CONDITION_DEPTH} levels of nesting`);
    if (accept('!')) return { kind: 'not', operand: primary(depth + 1) };
    if (accept('(')) {
      const inner = either(depth + 1);
      if (!accept(')')) fail('")"');
      return inner;
    }
    const left = operand();
    const operator = peek().kind === 'sign' ? COMPARISONS[peek().text] : undefined;
    if (operator === undefined) return fail('one of > >= < <= == !=');
    next++;
    return { kind: 'compare', operator, left, right: operand() };
  };
  const operand = (): Operand => {
    const token = peek();
    if (token.kind === 'number') {
      next++;
      return { kind: 'number', value: Number(token.text) };
    }
    if (token.kind !== 'name') return fail('a number or the name of a query');
    next++;
    if ((token.text === 'first' || token.text === 'last') && accept('(')) {
      const name = queryName();
      if (!accept(')')) fail('")"');
      return { kind: 'query', name, of: token.text };
    }
    next--;
    return { kind: 'query', name: queryName(), of: 'value' };
  };
  const queryName = (): string => {
    const token = peek();
    if (token.kind !== 'name' || !names.includes(token.text))
      return fail(`the name of a query (${names.join(', ')})`);
    next++;
    return token.text;
  };

  const condition = either(0);
  if (peek().kind !== 'end') fail('&& or ||');
  return condition;
}

function tokenize(text: string): Token[] {
  if (text.length > MAX_CONDITION_LENGTH)
    throw new ConditionSyntaxError(
      MAX_CONDITION_LENGTH,
      `at most ${MAX_CONDITION_LENGTH} characters`,
      'more',
    );
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) {
      const start = from + /^\s*/.exec(text.slice(from))![0].length;
      throw new ConditionSyntaxError(
        start,
        'a number, the name of a query or an operator',
        JSON.stringify(text[start]),
      );
    }
    const [whole, number, name, sign] = found;
    const content = number ?? name ?? sign!;
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
    tokens.push({ kind, text: content, start: from + whole.length - content.length });
  }
  tokens.push({ kind: 'end', text: '', start: text.length });
  return tokens;
}

/** Whether the condition holds for one group's results. */
export function evaluateCondition(
  condition: Condition,
  results: Readonly<Record<string, QueryResult>>,
): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.operands.every((operand) => evaluateCondition(operand, results));
    case 'or':
      return condition.operands.some((operand) => evaluateCondition(operand, results));
    case 'not':
      return !evaluateCondition(condition.operand, results);
    case 'compare': {
      const read = (operand: Operand) =>
        operand.kind === 'number' ? operand.value : results[operand.name]![operand.of];
      return compare(condition.operator, read(condition.left), read(condition.right));
    }
  }
}

function compare(operator: Comparison, left: number, right: number): boolean {
  switch (operator) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
}

/** The condition in SQL; `column` gives the expression of what is read of a query. */
export function conditionSql(
  condition: Condition,
  column: (name: string, of: 'value' | 'first' | 'last') => string,
): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.operands
        .map((operand) => conditionSql(operand, column))
        .join(condition.kind === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      return `NOT ${conditionSql(condition.operand, column)}`;
    case 'compare': {
      const write = (operand: Operand) =>
        operand.kind === 'number' ? String(operand.value) : column(operand.name, operand.of);
      const operator = condition.operator === '==' ? '=' : condition.operator;
      return `(${write(condition.left)} ${operator} ${write(condition.right)})`;
    }
  }
}
