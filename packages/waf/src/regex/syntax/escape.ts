import { MAX_CODE_POINT } from './code-point-set.ts';
import {
  accept,
  fail,
  isDigit,
  isDone,
  isHexDigit,
  isOctalDigit,
  isWordCharacter,
  next,
  peek,
  refuse,
  type Scanner,
  takeWhile,
} from './scanner.ts';

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

/** Reads an escape that stands for one code point; the cursor is on the backslash. */
export function parseEscape(scanner: Scanner): number {
  const at = scanner.at++;
  if (isDone(scanner)) fail(scanner, 'trailing backslash', at);
  const codePoint = next(scanner);
  const character = String.fromCodePoint(codePoint);
  const control = CONTROL_ESCAPES[character];
  if (control !== undefined) return control;
  if (character === 'x') return parseHex(scanner, at);
  if (isDigit(character)) return parseOctal(scanner, character, at);
  if (codePoint < 0x80 && (character === '_' || !isWordCharacter(character))) return codePoint;
  if (character === 'k') refuse(scanner, BACK_REFERENCE, at);
  const advice = FOREIGN_ESCAPES[character];
  return fail(
    scanner,
    advice ? `\\${character} is not supported: ${advice}` : `invalid escape \\${character}`,
    at,
  );
}

/** `\xHH` or `\x{H…}`; the cursor is past the x. */
function parseHex(scanner: Scanner, at: number): number {
  const braced = accept(scanner, '{');
  const digits = takeWhile(scanner, isHexDigit, braced ? undefined : 2);
  if (braced ? digits === '' || !accept(scanner, '}') : digits.length < 2) {
    fail(scanner, 'malformed \\x: it needs two hexadecimal digits, or braces around one or more', at);
  }
  const codePoint = Number.parseInt(digits, 16);
  if (codePoint > MAX_CODE_POINT) fail(scanner, 'code point beyond U+10FFFF', at);
  return codePoint;
}

/** One to three octal digits. A single one other than 0 would be a back-reference elsewhere. */
function parseOctal(scanner: Scanner, first: string, at: number): number {
  const isReference = first !== '0' && (!isOctalDigit(first) || !isOctalDigit(peek(scanner)));
  if (isReference) refuse(scanner, BACK_REFERENCE, at);
  return Number.parseInt(first + takeWhile(scanner, isOctalDigit, 2), 8);
}
