import { BACK_REFERENCE } from './escape.ts';
import {
  accept,
  fail,
  isLookingAt,
  isWordCharacter,
  peek,
  refuse,
  type Scanner,
  takeWhile,
} from './scanner.ts';

/** `i` */
export const FOLD_CASE = 1;
/** `m`: `^` and `$` also match at line ends. */
export const MULTI_LINE = 2;
/** `s`: `.` also matches a newline. */
export const DOT_ALL = 4;
/** `U`: `x*` is lazy and `x*?` greedy. */
export const SWAP_GREED = 8;

/** In the order of their bits. */
const FLAG_LETTERS = 'imsU';

export interface GroupOpening {
  /** Whether a group is opened, inside which the flags hold; else it was `(?flags)`, which hold to the end of theirs. */
  readonly opens: boolean;
  /** Bits. */
  readonly flags: number;
  readonly name?: string;
}

/** What other engines offer and there is not. */
const REFUSED_OPENINGS: readonly (readonly [opening: string, what: string])[] = [
  ['(?=', 'look-ahead'],
  ['(?!', 'negative look-ahead'],
  ['(?<=', 'look-behind'],
  ['(?<!', 'negative look-behind'],
  ['(?>', 'an atomic group'],
  ['(?P=', BACK_REFERENCE],
  ['(?P>', 'recursion'],
  ['(?R', 'recursion'],
  ['(?&', 'recursion'],
  ['(?(', 'a conditional'],
];

/** Reads the opening of a group; the cursor is on its parenthesis. */
export function parseGroupOpening(scanner: Scanner, flags: number): GroupOpening {
  for (const [opening, what] of REFUSED_OPENINGS) {
    if (isLookingAt(scanner, opening)) refuse(scanner, what);
  }
  if (isLookingAt(scanner, '(?#')) fail(scanner, 'comments are not supported');
  if (isLookingAt(scanner, '(?|')) fail(scanner, 'branch reset is not supported');
  const { at } = scanner;
  if (accept(scanner, '(?P<') || accept(scanner, '(?<')) {
    const name = takeWhile(scanner, isWordCharacter);
    if (name === '' || !accept(scanner, '>')) fail(scanner, 'malformed group name; write (?P<name>…)', at);
    return { opens: true, flags, name };
  }
  scanner.at++;
  return accept(scanner, '?') ? parseFlags(scanner, flags, at) : { opens: true, flags };
}

/** `i-s)` or `i-s:`; the cursor is past the question mark. */
function parseFlags(scanner: Scanner, flags: number, at: number): GroupOpening {
  let result = flags;
  let negated = false;
  let named = true;
  for (;;) {
    const letter = peek(scanner);
    if (letter === '') fail(scanner, 'missing closing )', at);
    const flag = FLAG_LETTERS.indexOf(letter);
    if (letter === ')' || letter === ':') {
      if (!named) fail(scanner, 'no flag after - in a group', at);
      scanner.at++;
      return { opens: letter === ':', flags: result };
    }
    if (flag >= 0) {
      result = negated ? result & ~(1 << flag) : result | (1 << flag);
    } else if (letter !== '-' || negated) {
      fail(scanner, `unknown flag '${letter}' in a group; there are i, m, s and U`);
    } else {
      negated = true;
    }
    named = flag >= 0;
    scanner.at++;
  }
}
