import { isDigit } from './characters.ts';

/** Where the lexemes of a POSIX shell end in a text. Each reads what it passes over once, and takes any index. */

export const BACKSLASH = 0x5c;
export const QUOTE = 0x27;
export const DOUBLE_QUOTE = 0x22;
export const BACKTICK = 0x60;
export const DOLLAR = 0x24;
export const CLOSING_BRACE = 0x7d;

/** The index of the code unit that ends or interrupts a literal: `closing`, a backtick, `$(`, `$[` or `${`. */
export function endOfLiteral(text: string, from: number, closing: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === closing || code === BACKTICK) return at;
    if (code === BACKSLASH) at++;
    else if (code === DOLLAR) {
      const next = text.charCodeAt(at + 1);
      if (next === 0x28 || next === 0x5b || next === 0x7b) return at;
    }
  }
  return text.length;
}

/** The index after the `'` that closes the one at `start`; nothing escapes. */
export function endAfterQuote(text: string, start: number): number {
  const close = text.indexOf("'", start + 1);
  return close < 0 ? text.length : close + 1;
}

/** The index after the redirection whose `<`, `>` or `&>` is at `at`: `>`, `>>`, `>|`, `>&2-`, `&>>`, `<`, `<<-`, `<<<`. */
export function endOfRedirection(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  const third = text.charCodeAt(at + 2);
  if (code === 0x26) return third === 0x3e ? at + 3 : at + 2;
  if (next === 0x26) {
    let end = at + 2;
    while (isDigit(text.charCodeAt(end))) end++;
    return text.charCodeAt(end) === 0x2d ? end + 1 : end;
  }
  if (code === 0x3c && next === 0x3c) return third === 0x2d || third === 0x3c ? at + 3 : at + 2;
  return next === 0x3e || (code === 0x3e && next === 0x7c) ? at + 2 : at + 1;
}

/** The index after the `'` that closes the one at `start`; a backslash escapes. */
export function endOfAnsiQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}

/** `$-`, `$?`, `$@`, `$#`, `$*`, `$$`, `$!`, `$1`. */
export function isSpecialParameter(code: number): boolean {
  return isDigit(code) || '-?@#*$!'.includes(String.fromCharCode(code));
}

export function isEscapable(code: number): boolean {
  return (
    code === QUOTE || code === DOUBLE_QUOTE || code === BACKTICK || code === DOLLAR || code === BACKSLASH
  );
}

/** The code units of `` ` $ { } [ ] ( ) ' " # = | < > ; & `` and of the blanks. */
const FIELD_ENDS = new Set([
  0x60, 0x24, 0x7b, 0x7d, 0x5b, 0x5d, 0x28, 0x29, 0x27, 0x22, 0x23, 0x3d, 0x7c, 0x3c, 0x3e, 0x3b, 0x26, 0x0a,
  0x09, 0x20,
]);

export function isFieldPart(code: number): boolean {
  return !Number.isNaN(code) && !FIELD_ENDS.has(code);
}
