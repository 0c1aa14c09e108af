import { type CodePointSet, WORD } from './code-point-set.ts';

/** `\d`, `\s`, `\w`: ASCII only, and `\s` is without the vertical tab, as in RE2 and Perl 5.16. */
export const PERL_CLASSES: Readonly<Record<string, CodePointSet>> = {
  d: bounds('09'),
  s: bounds('\t\n\f\r  '),
  w: WORD,
};

/** The names inside `[[:…:]]`. */
export const POSIX_CLASSES: Readonly<Record<string, CodePointSet>> = {
  alnum: bounds('09AZaz'),
  alpha: bounds('AZaz'),
  ascii: bounds('\0\x7f'),
  blank: bounds('\t\t  '),
  cntrl: bounds('\0\x1f\x7f\x7f'),
  digit: bounds('09'),
  graph: bounds('!~'),
  lower: bounds('az'),
  print: bounds(' ~'),
  punct: bounds('!/:@[`{~'),
  space: bounds('\t\r  '),
  upper: bounds('AZ'),
  word: WORD,
  xdigit: bounds('09AFaf'),
};

/** The first and last character of each range, one after the other. */
function bounds(characters: string): CodePointSet {
  return [...characters].map((character) => character.charCodeAt(0));
}
