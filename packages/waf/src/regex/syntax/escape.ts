import { MAX_CODE_POINT } from './code-point-set.ts';
import { isDigit, isHexDigit, isOctalDigit, isWordCharacter, type Scanner } from './scanner.ts';

const CONTROL_ESCAPES: Readonly<Record<string, number>> = {
  a: 0x07,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
};

/** What people write from other engines, and why it is refused. */
const FOREIGN_ESCAPES: Readonly<Record<string, string>> = {
  b: '\\b inside a character class is not supported; write \\x08 for a backspace',
  c: 'control escapes (\\cX) are not supported; write \\xHH',
  C: '\\C (any byte) is not supported: input is text, not bytes',
  e: '\\e is not supported; write \\x1B',
  E: '\\E without \\Q',
  G: '\\G is not supported: a search has no previous match to start from',
  h: '\\h is not supported; write [\\t ]',
  k: 'back-references are not supported: they cannot be matched in linear time',
  K: '\\K is not supported; use a group and its bounds',
  N: '\\N is not supported; write [^\\n]',
  R: '\\R is not supported; write (?:\\r\\n|[\\n\\v\\f\\r])',
  u: '\\u is not supported; write \\x{HHHH}',
  U: '\\U is not supported; write \\x{HHHH}',
  X: '\\X is not supported',
  Z: '\\Z is not supported; write \\n?\\z',
};

/** Reads an escape that stands for one code point; the cursor is on the backslash. */
export function parseEscape(scanner: Scanner): number {
  const at = scanner.position;
  scanner.position++;
  if (scanner.done) scanner.fail('trailing backslash', at);
  const codePoint = scanner.next();
  const character = String.fromCodePoint(codePoint);
  const control = CONTROL_ESCAPES[character];
  if (control !== undefined) return control;
  if (character === 'x') return parseHex(scanner, at);
  if (isDigit(character)) return parseOctal(scanner, character, at);
  if (codePoint < 0x80 && (character === '_' || !isWordCharacter(character))) return codePoint;
  return scanner.fail(FOREIGN_ESCAPES[character] ?? `invalid escape sequence \\${character}`, at);
}

/** `\xHH` or `\x{H…}`; the cursor is past the x. */
function parseHex(scanner: Scanner, at: number): number {
  if (!scanner.accept('{')) {
    const digits = scanner.takeWhile(isHexDigit, 2);
    if (digits.length < 2) scanner.fail('\\x needs two hexadecimal digits, or braces around one or more', at);
    return Number.parseInt(digits, 16);
  }
  const digits = scanner.takeWhile(isHexDigit);
  if (digits === '' || !scanner.accept('}')) scanner.fail('malformed \\x{…}', at);
  const codePoint = Number.parseInt(digits, 16);
  if (codePoint > MAX_CODE_POINT) scanner.fail('code point beyond U+10FFFF', at);
  return codePoint;
}

/** One to three octal digits. A single one other than 0 would be a back-reference elsewhere. */
function parseOctal(scanner: Scanner, first: string, at: number): number {
  const isReference = first !== '0' && (!isOctalDigit(first) || !isOctalDigit(scanner.peek()));
  if (isReference)
    scanner.fail('back-references are not supported: they cannot be matched in linear time', at);
  return Number.parseInt(first + scanner.takeWhile(isOctalDigit, 2), 8);
}
