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

/** `$-`, `$?`, `$@`, `$#`, `$*`, `$$`, `$!`, `$1`, `$name`. */
export const PARAMETER = /\$(?:[-?@#*$!\d]|\w+)/y;

/** Digits right before a redirection. */
export const DESCRIPTOR = /\d+(?=[<>])/y;

/** A character, whatever it is, and what goes on with it: in a comment, where a backslash means nothing, and elsewhere. */
export const COMMENTED_FIELD = /[\s\S][^`$[\]{}()'"#=|<>;&\n\t ]*/y;
export const FIELD = /(?:\\['"`$\\]|[\s\S])(?:[^`$[\]{}()'"#=|<>;&\n\t \\]+|\\['"`$\\]?)*/y;

/** What can be assigned to: `x`, or `x+` to append. */
export const ASSIGNABLE = /^[a-z_]\w*\+?$/i;
