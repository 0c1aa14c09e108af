import * as SqlKind from './sql-token-kinds.ts';

/** Tokens of a SQL statement as three parallel arrays, in the order of the text; blanks and parentheses are left out. */
export interface SqlTokens {
  readonly text: string;
  /** Of its dialect: see `sql-features.ts`. */
  readonly features: number;
  readonly kinds: SqlTokenKind[];
  /** Index of the first code unit of each token. */
  readonly starts: number[];
  /** Index after the last code unit of each token. */
  readonly ends: number[];
  /** Index of the first WHERE or HAVING; more than there are tokens if there is none. */
  readonly firstWhere: number;
}

export type SqlTokenKind = (typeof SqlKind)[keyof typeof SqlKind];

/** Whether a token of the kind is a value, to be replaced by `?` in a report. */
export function isLiteral(kind: SqlTokenKind): boolean {
  return kind >= SqlKind.NumberLiteral && kind <= SqlKind.DollarQuotedString;
}

/** Whether a token of the kind is a value or the name of one. */
export function isOperand(kind: SqlTokenKind): boolean {
  return kind >= SqlKind.Identifier && kind <= SqlKind.DollarQuotedString;
}

/** Whether the token is one of these words, which are given in lower case. */
export function isWordToken({ text, starts, ends }: SqlTokens, index: number, ...words: string[]): boolean {
  const start = starts[index]!;
  const length = ends[index]! - start;
  return words.some((word) => word.length === length && equalsIgnoringCase(text, start, word));
}

/** Whether `text` has `word` at `start`, ASCII case aside; `word` is of lower-case letters and underscores. */
export function equalsIgnoringCase(text: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const code = text.charCodeAt(start + i);
    const folded = code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    if (folded !== word.charCodeAt(i)) return false;
  }
  return true;
}
