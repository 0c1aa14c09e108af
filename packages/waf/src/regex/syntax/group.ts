import { BACK_REFERENCE } from './escape.ts';
import { accept, fail, peek, refuse, type Scanner, take } from './scanner.ts';

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

/** What other engines offer and there is not, by what follows `(?`. */
const REFUSED_OPENINGS: readonly (readonly [opening: string, what: string])[] = Object.entries({
  '=': 'look-ahead',
  '!': 'negative look-ahead',
  '<=': 'look-behind',
  '<!': 'negative look-behind',
  '>': 'an atomic group',
  'P=': BACK_REFERENCE,
  'P>': 'recursion',
  R: 'recursion',
  '&': 'recursion',
  '(': 'a conditional',
});

const NAMED = /\(\?P?<(?:(\w+)>)?/y;
/** Flags to set, and after a hyphen those to clear. */
const FLAGS = /([imsU]*)(?:(-)([imsU]*))?/y;

/** Reads the opening of a group; the cursor is on its parenthesis. */
export function parseGroupOpening(scanner: Scanner, flags: number): GroupOpening {
  const { pattern, at } = scanner;
  const isNext = (opening: string) => pattern.startsWith(`(?${opening}`, at);
  for (const [opening, what] of REFUSED_OPENINGS) if (isNext(opening)) refuse(scanner, what);
  if (isNext('#')) fail(scanner, 'comments are not supported');
  if (isNext('|')) fail(scanner, 'branch reset is not supported');
  const named = take(scanner, NAMED);
  if (named !== null) {
    const name = named[1] ?? fail(scanner, 'malformed group name; write (?P<name>…)', at);
    return { opens: true, flags, name };
  }
  scanner.at++;
  return accept(scanner, '?') ? parseFlags(scanner, flags, at) : { opens: true, flags };
}

/** `i-s)` or `i-s:`; the cursor is past the question mark. */
function parseFlags(scanner: Scanner, flags: number, at: number): GroupOpening {
  const [, set = '', hyphen, cleared = ''] = take(scanner, FLAGS)!;
  const end = peek(scanner);
  if (end === '') fail(scanner, 'missing closing )', at);
  if (end !== ')' && end !== ':') {
    fail(scanner, `unknown flag '${end}' in a group; there are i, m, s and U`);
  }
  if (hyphen !== undefined && cleared === '') fail(scanner, 'no flag after - in a group', at);
  scanner.at++;
  return { opens: end === ':', flags: (flags | bitsOf(set)) & ~bitsOf(cleared) };
}

function bitsOf(letters: string): number {
  let bits = 0;
  for (const letter of letters) bits |= 1 << FLAG_LETTERS.indexOf(letter);
  return bits;
}
