import { type Lexeme, lexeme } from './token.ts';

const RADIX = /0(?:x[\da-f]*|b[01]*)/iy;
/** Oracle's suffix counts where the number ends with it, and in `1fUNION`, as evasions have it. */
const DECIMAL = /(?:\d+\.?\d*|\.\d+)(e[+-]?(\d*))?(?:[df](?=$|[ \t-\r\xa0\0;u]))?/iy;
const MONEY = /\$[\d.,]+/y;
const QUOTED_BITS = /b'[01]*'/iy;
const QUOTED_HEX = /x'[\da-f]*'/iy;

/** A number that begins with a digit or a point at `at`, or a lone point. An exponent without digits makes it a name. */
export function readNumber(text: string, at: number): Lexeme {
  const radix = end(RADIX, text, at);
  if (radix > 0) return lexeme(radix - at > 2 ? '1' : 'n', text, at, radix);
  DECIMAL.lastIndex = at;
  const decimal = DECIMAL.exec(text);
  if (decimal === null) return lexeme('.', text, at, at + 1);
  const isName = decimal[1] !== undefined && decimal[2] === '';
  return lexeme(isName ? 'n' : '1', text, at, DECIMAL.lastIndex);
}

/** Transact-SQL's `$1,000.00`, or undefined if none begins at `at`. */
export function readMoney(text: string, at: number): Lexeme | undefined {
  return readBy(MONEY, text, at);
}

/** `b'01'` or `x'1f'`, or undefined if none begins at `at`. */
export function readQuotedNumber(text: string, at: number): Lexeme | undefined {
  return readBy(QUOTED_BITS, text, at) ?? readBy(QUOTED_HEX, text, at);
}

function readBy(expression: RegExp, text: string, at: number): Lexeme | undefined {
  const after = end(expression, text, at);
  return after === 0 ? undefined : lexeme('1', text, at, after);
}

/** Where the sticky expression's match at `at` ends, or 0. */
function end(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  expression.test(text);
  return expression.lastIndex;
}
