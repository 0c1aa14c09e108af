import { isWord } from '../characters.ts';
import { closingBracket, closingQuote, endAfter, endOfMatch } from '../lexemes.ts';

/** Where the lexemes of SQL end in a text. Each reads what it passes over once, and takes any index. */

/** The index after the quote that closes the one at `start`, or the end. A doubled quote stands for itself. */
export function endOfQuoted(text: string, start: number, quote: number, backslashEscapes: boolean): number {
  const close = closingQuote(text, start + 1, String.fromCharCode(quote), backslashEscapes);
  return close < 0 ? text.length : close + 1;
}

/** The index after the string `'[…]'` at `quote`: its first character, or that one's partner, and a quote end it. */
export function endOfDelimited(text: string, quote: number): number {
  return endAfter(text, `${closingBracket(text.charAt(quote + 1))}'`, quote + 2);
}

/** Of a number with any base, fraction and exponent; of its first digits; and of what may follow a currency sign. */
export const NUMBER = /0[xbo][\da-f_]*|\d[\d_]*(?:\.\d[\d_]*)?(?:e[+-]?\d[\d_]*)?/iy;
export const DIGITS = /[\d_]*/y;
export const AMOUNT = /[\d_]*(?:\.\d[\d_]*)?/y;

export const DOLLAR = 0x24;

export function isNamePart(code: number): boolean {
  return isWord(code) || code === DOLLAR || code > 0x7f;
}

/** The rest of a name, without and with a `$` in it. */
export const WORD_PART = /[\w\x80-\uffff]*/y;
export const NAME_PART = /[\w$\x80-\uffff]*/y;

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
