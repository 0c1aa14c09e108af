import { createToken, type Lexeme } from './token.ts';

/**
 * A string whose content begins at `start`. A backslash escapes its quote, and two quotes stand for one; without a
 * closing quote it takes the rest. Linear: each code unit is looked at twice at most.
 */
export function readQuoted(text: string, start: number, quote: string, open: string, type = 's'): Lexeme {
  for (let at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at)) {
    let escapes = at;
    while (escapes > start && text[escapes - 1] === '\\') escapes--;
    if ((at - escapes) % 2 === 1) at++;
    else if (text[at + 1] === quote) at += 2;
    else return { token: createToken(type, text.slice(start, at), open, quote), end: at + 1 };
  }
  return { token: createToken(type, text.slice(start), open), end: text.length };
}

/** A string whose content begins at `start` and that ends with the first `end`, without escapes. */
export function readUntil(text: string, start: number, end: string, quote: string): Lexeme {
  const at = text.indexOf(end, start);
  if (at < 0) return { token: createToken('s', text.slice(start), quote), end: text.length };
  return { token: createToken('s', text.slice(start, at), quote, quote), end: at + end.length };
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Oracle's `q'[it's]'` whose quote is at `at`, or undefined if it isn't one. */
export function readCustomQuoted(text: string, at: number): Lexeme | undefined {
  const open = text[at + 1];
  if (text[at] !== "'" || open === undefined || open <= ' ' || open > '~') return undefined;
  return readUntil(text, at + 2, `${CLOSING[open] ?? open}'`, 'q');
}

const TAG = /\$[a-z]*\$/iy;

/** PostgreSQL's `$$it's$$` and `$tag$it's$tag$`, or undefined if none begins at `at`. */
export function readDollarQuoted(text: string, at: number): Lexeme | undefined {
  TAG.lastIndex = at;
  const tag = TAG.exec(text)?.[0];
  return tag === undefined ? undefined : readUntil(text, at + tag.length, tag, '$');
}
