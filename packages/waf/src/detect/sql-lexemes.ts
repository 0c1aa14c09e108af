import { isDigit, isLetter } from '../characters.ts';
import { endOfMatch } from './token-search.ts';

/** Where the lexemes of SQL end in a text. Each reads what it passes over once, and takes any index. */

export const DOLLAR = 0x24;
const BACKSLASH = 0x5c;

/** The index after the quote that closes the one at `start`, or the end. A doubled quote stands for itself. */
export function endOfQuoted(text: string, start: number, quote: number, backslashEscapes: boolean): number {
  const mark = String.fromCharCode(quote);
  let end = start + 1;
  for (;;) {
    const close = text.indexOf(mark, end);
    if (close < 0) return text.length;
    if (backslashEscapes && isEscaped(text, close, end)) end = close + 1;
    else if (text.charCodeAt(close + 1) === quote) end = close + 2;
    else return close + 1;
  }
}

/** The index after the string `'[…]'` at `quote`: its first character, or that one's partner, and a quote end it. */
export function endOfDelimited(text: string, quote: number): number {
  const opening = text[quote + 1] ?? '';
  const partner = '[]{}()<>'.indexOf(opening);
  const closing = partner >= 0 && partner % 2 === 0 ? '[]{}()<>'[partner + 1]! : opening;
  return endAfter(text, `${closing}'`, quote + 2);
}

export function endOfDigits(text: string, from: number): number {
  let end = from;
  while (isDigit(text.charCodeAt(end)) || text.charCodeAt(end) === 0x5f) end++;
  return end;
}

/** The index after a number such as `0x1f`, `0b1` or `0o7`, or 0 if none begins at `from`. */
export function endOfRadixNumber(text: string, from: number): number {
  return text.charCodeAt(from) === 0x30 ? endOfMatch(RADIX_NUMBER, text, from) : 0;
}

const RADIX_NUMBER = /0[xbo][\da-f_]*/iy;

export function endOfFraction(text: string, from: number): number {
  const hasFraction = text.charCodeAt(from) === 0x2e && isDigit(text.charCodeAt(from + 1));
  return hasFraction ? endOfDigits(text, from + 1) : from;
}

export function endOfExponent(text: string, from: number): number {
  if ((text.charCodeAt(from) | 0x20) !== 0x65) return from;
  const digits = isSign(text.charCodeAt(from + 1)) ? from + 2 : from + 1;
  return isDigit(text.charCodeAt(digits)) ? endOfDigits(text, digits) : from;
}

export function isSign(code: number): boolean {
  return code === 0x2b || code === 0x2d;
}

export function isNamePart(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 0x5f || code === DOLLAR || code > 0x7f;
}

/** Whether an odd number of backslashes stands before `position`, of those at or after `from`. */
function isEscaped(text: string, position: number, from: number): boolean {
  let first = position;
  while (first > from && text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (position - first) % 2 === 1;
}

/** The index after the next `mark` from `from` on, or the end of the text. */
export function endAfter(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** The index of the next line break from `from` on, or the end of the text. */
export function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

export function endOfNestedComment(text: string, start: number): number {
  let end = start + 2;
  for (let depth = 1; depth > 0; ) {
    end = endOfMatch(COMMENT_MARK, text, end);
    if (end === 0) return text.length;
    depth += text[end - 1] === '*' ? 1 : -1;
  }
  return end;
}

const COMMENT_MARK = /\/\*|\*\//g;
