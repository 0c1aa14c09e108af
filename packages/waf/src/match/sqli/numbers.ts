import { endOfMatch } from '../../lexemes.ts';
import { type Lexeme, lexeme } from './token.ts';

const RADIX = /0(?:x[\da-f]*|b[01]*)/iy;
/** Oracle's suffix counts where the number ends with it, and in `1fUNION`, as evasions have it. */
const DECIMAL = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d*)?(?:[df](?=$|[ \t-\r\xa0\0;u]))?/iy;
const NO_EXPONENT = /e[+-]?[df]?$/i;
const MONEY = /\$[\d.,]+/y;
const QUOTED = /b'[01]*'|x'[\da-f]*'/iy;

/** A number that begins with a digit or a point at `at`, or a lone point. An exponent without digits makes it a name. */
export function readNumber(text: string, at: number): Lexeme {
  const radix = endOfMatch(RADIX, text, at);
  if (radix > 0) return lexeme(radix - at > 2 ? '1' : 'n', text, at, radix);
  const end = endOfMatch(DECIMAL, text, at);
  if (end === 0) return lexeme('.', text, at, at + 1);
  return lexeme(NO_EXPONENT.test(text.slice(at, end)) ? 'n' : '1', text, at, end);
}

/** Transact-SQL's `$1,000.00`, or undefined if none begins at `at`. */
export function readMoney(text: string, at: number): Lexeme | undefined {
  return readBy(MONEY, text, at);
}

/** `b'01'` or `x'1f'`, or undefined if none begins at `at`. */
export function readQuotedNumber(text: string, at: number): Lexeme | undefined {
  return readBy(QUOTED, text, at);
}

function readBy(expression: RegExp, text: string, at: number): Lexeme | undefined {
  const end = endOfMatch(expression, text, at);
  return end === 0 ? undefined : lexeme('1', text, at, end);
}
