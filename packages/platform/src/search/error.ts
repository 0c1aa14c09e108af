/**
 * A search query that can't be read. `position` counts UTF-16 code units from 0; `expected` names what would have been
 * right there. The message has both, fit to be shown to the person who typed the query.
 */
export class QuerySyntaxError extends Error {
  override readonly name = 'QuerySyntaxError';
  readonly code = 'query_syntax_error';
  readonly position: number;
  readonly expected: string;

  constructor(position: number, expected: string, found: string) {
    super(`Invalid query at position ${position}: expected ${expected}, found ${found}`);
    this.position = position;
    this.expected = expected;
  }
}
