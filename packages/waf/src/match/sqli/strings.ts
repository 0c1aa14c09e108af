import { closingBracket, closingQuote, endOfMatch } from '../../lexemes.ts';
import { createToken, type Lexeme } from './token.ts';

/**
 * A string whose content begins at `start`. A backslash escapes its quote, and two quotes stand for one; without a
 * closing quote it takes the rest. Linear: each code unit is looked at twice at most.
 */
export function readQuoted(text: string, start: number, quote: string, open: string, type = 's'): Lexeme {
  const close = closingQuote(text, start, quote, true);
  if (close < 0) return { token: createToken(type, text.slice(start), open), end: text.length };
  return { token: createToken(type, text.slice(start, close), open, quote), end: close + 1 };
}

/** A string whose content begins at `start` and that ends with the first `end`, without escapes. */
export function readUntil(text: string, start: number, end: string, quote: string): Lexeme {
  const at = text.indexOf(end, start);
  if (at < 0) return { token: createToken('s', text.slice(start), quote), end: text.length };
  return { token: createToken('s', text.slice(start, at), quote, quote), end: at + end.length };
}

/** Oracle's `q'[it's]'` whose quote is at `at`, or undefined if it isn't one. */
export function readCustomQuoted(text: string, at: number): Lexeme | undefined {
  const open = text[at + 1];
  if (text[at] !== "'" || open === undefined || open <= ' ' || open > '~') return undefined;
  return readUntil(text, at + 2, `${closingBracket(open)}'`, 'q');
}

const TAG = /\$[a-z]*\$/iy;

/** PostgreSQL's `$$it's$$` and `$tag$it's$tag$`, or undefined if none begins at `at`. */
export function readDollarQuoted(text: string, at: number): Lexeme | undefined {
  const start = endOfMatch(TAG, text, at);
  return start === 0 ? undefined : readUntil(text, start, text.slice(at, start), '$');
}
