/**
 * What SQL text is read as. A token's type is a letter, so that the types of a few tokens make a readable fingerprint:
 * that of `' or 1=1 --` is `s&1c`.
 *
 *     1 number             E begins a statement or expression     & and, or, xor
 *     s string             U union                                o other operator
 *     v variable, null     B group by, order by, limit            t type
 *     n name               T statement of Transact-SQL            A collate
 *     f function           k other keyword                        c comment; X comment that hides code
 *     ( ) { } . , ; : \    themselves                             ? anything else
 */
export interface Token {
  type: string;
  /** In lower case, strings without their quotes; at most `MAX_TOKEN_LENGTH` code units of the text. */
  readonly text: string;
  /** The quote that opens a string; empty where it stands before the text. */
  readonly open: string;
  /** The quote that closes it; empty where the text ends before. */
  readonly close: string;
}

/** A token and the index at which it ends. */
export interface Lexeme {
  readonly token: Token;
  readonly end: number;
}

export const MAX_TOKEN_LENGTH = 31;

export function createToken(type: string, text: string, open = '', close = ''): Token {
  return { type, text: text.slice(0, MAX_TOKEN_LENGTH).toLowerCase(), open, close };
}

/** `text[start, end)` as one token. */
export function lexeme(type: string, text: string, start: number, end: number): Lexeme {
  // Not all of a long token is needed, and a slice of the whole would be made twice.
  return { token: createToken(type, text.slice(start, Math.min(end, start + MAX_TOKEN_LENGTH))), end };
}
