import { MAX_CODE_POINT } from './code-point-set.ts';
import { fail, isDone, next, refuse, type Scanner, take } from './scanner.ts';

export const BACK_REFERENCE = 'a back-reference';

const CONTROL_ESCAPES: Readonly<Record<string, number>> = {
  a: 0x07,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
};

/** What people write from other engines, and what there is instead. */
const FOREIGN_ESCAPES: Readonly<Record<string, string>> = {
  b: 'write \\x08 for a backspace',
  c: 'write \\xHH for a control character',
  C: 'it is any byte, but input is text',
  e: 'write \\x1B',
  E: 'it is without \\Q',
  G: 'a search has no previous match to start from',
  h: 'write [\\t ]',
  K: 'use a group and its bounds',
  N: 'write [^\\n]',
  R: 'write (?:\\r\\n|[\\n\\v\\f\\r])',
  u: 'write \\x{HHHH}',
  U: 'write \\x{HHHH}',
  X: 'an automaton knows no graphemes',
  Z: 'write \\n?\\z',
};

/** One to three digits. A single one other than 0 would be a back-reference elsewhere. */
const OCTAL = /\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/y;
const HEXADECIMAL = /(?:([\da-fA-F]{2})|\{([\da-fA-F]+)\})?/y;

/** Reads an escape that stands for one code point; the cursor is on the backslash. */
export function parseEscape(scanner: Scanner): number {
  const at = scanner.at++;
  if (isDone(scanner)) fail(scanner, 'trailing backslash', at);
  const codePoint = next(scanner);
  const character = String.fromCodePoint(codePoint);
  const control = CONTROL_ESCAPES[character];
  if (control !== undefined) return control;
  if (codePoint < 0x80 && /[\W_]/.test(character)) return codePoint;
  if (character === 'x') return parseHex(scanner, at);
  if (/[\dk]/.test(character)) return parseOctal(scanner, at);
  const advice = FOREIGN_ESCAPES[character];
  const reason = advice ? `\\${character} is not supported: ${advice}` : `invalid escape \\${character}`;
  return fail(scanner, reason, at);
}

function parseOctal(scanner: Scanner, at: number): number {
  scanner.at = at;
  const [, digits] = take(scanner, OCTAL) ?? refuse(scanner, BACK_REFERENCE, at);
  return Number.parseInt(digits!, 8);
}

/** `\xHH` or `\x{H…}`; the cursor is past the x. */
function parseHex(scanner: Scanner, at: number): number {
  const [, two, braced = two] = take(scanner, HEXADECIMAL)!;
  if (braced === undefined) {
    fail(scanner, 'malformed \\x: it needs two hexadecimal digits, or braces around one or more', at);
  }
  const codePoint = Number.parseInt(braced, 16);
  if (codePoint > MAX_CODE_POINT) fail(scanner, 'code point beyond U+10FFFF', at);
  return codePoint;
}
