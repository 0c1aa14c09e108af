import { isDigit } from '../characters.ts';
import { endOfMatch } from '../lexemes.ts';

/** Where the lexemes of a POSIX shell end in a text. Each reads what it passes over once, and takes any index. */

export const BACKSLASH = 0x5c;
export const QUOTE = 0x27;
export const DOUBLE_QUOTE = 0x22;
export const BACKTICK = 0x60;
export const DOLLAR = 0x24;

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

/** The index after the redirection whose `<`, `>` or `&>` is at `at`: `>`, `>>`, `>|`, `>&2-`, `&>>`, `<`, `<<-`, `<<<`. */
export function endOfRedirection(text: string, at: number): number {
  return endOfMatch(REDIRECTION, text, at);
}

const REDIRECTION = /&>>?|[<>]&\d*-?|<<[-<]?|[<>]>|>\||[<>]/y;

/** The index after the `'` that ends what begins at `start`; a backslash escapes. */
export function endOfAnsiQuote(text: string, start: number): number {
  return endOfMatch(ANSI_QUOTE, text, start);
}

const ANSI_QUOTE = /(?:[^'\\]|\\[\s\S]?)*'?/y;

/** `$-`, `$?`, `$@`, `$#`, `$*`, `$$`, `$!`, `$1`. */
export function isSpecialParameter(code: number): boolean {
  return isDigit(code) || '-?@#*$!'.includes(String.fromCharCode(code));
}

export function isEscapable(code: number): boolean {
  return (
    code === QUOTE || code === DOUBLE_QUOTE || code === BACKTICK || code === DOLLAR || code === BACKSLASH
  );
}

const FIELD_ENDS = new Set(Array.from('`$[]{}()\'"#=|<>;&\n\t ', (end) => end.charCodeAt(0)));

export function isFieldPart(code: number): boolean {
  return !Number.isNaN(code) && !FIELD_ENDS.has(code);
}
