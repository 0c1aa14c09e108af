import { isWordCharacter, type Scanner } from './scanner.ts';

export interface Flags {
  /** `i` */
  readonly foldCase: boolean;
  /** `m`: `^` and `$` also match at line ends. */
  readonly multiLine: boolean;
  /** `s`: `.` also matches a newline. */
  readonly dotAll: boolean;
  /** `U`: `x*` is lazy and `x*?` greedy. */
  readonly swapGreed: boolean;
}

export const DEFAULT_FLAGS: Flags = { foldCase: false, multiLine: false, dotAll: false, swapGreed: false };

const FLAG_LETTERS: Readonly<Record<string, keyof Flags>> = {
  i: 'foldCase',
  m: 'multiLine',
  s: 'dotAll',
  U: 'swapGreed',
};

/** Either a group, whose flags hold inside it, or `(?flags)`, whose flags hold from here to the end of its group. */
export type GroupOpening = { kind: 'group'; flags: Flags; name?: string } | { kind: 'flags'; flags: Flags };

/** What other engines offer and no automaton can do. Longer openings come before their prefixes. */
const REFUSED_OPENINGS: readonly (readonly [opening: string, reason: string])[] = [
  ['(?=', 'look-ahead is not supported: it cannot be matched in linear time'],
  ['(?!', 'negative look-ahead is not supported: it cannot be matched in linear time'],
  ['(?<=', 'look-behind is not supported: it cannot be matched in linear time'],
  ['(?<!', 'negative look-behind is not supported: it cannot be matched in linear time'],
  ['(?>', 'atomic groups are not supported: they cannot be matched in linear time'],
  ['(?P=', 'back-references are not supported: they cannot be matched in linear time'],
  ['(?P>', 'recursion is not supported: it is not regular'],
  ['(?R', 'recursion is not supported: it is not regular'],
  ['(?&', 'recursion is not supported: it is not regular'],
  ['(?(', 'conditionals are not supported'],
  ['(?|', 'branch reset is not supported'],
  ['(?#', 'comments are not supported'],
];

/** Reads the opening of a group; the cursor is on its parenthesis. */
export function parseGroupOpening(scanner: Scanner, flags: Flags): GroupOpening {
  if (scanner.peek(1) !== '?') {
    scanner.position++;
    return { kind: 'group', flags };
  }
  if (scanner.accept('(?:')) return { kind: 'group', flags };
  for (const [opening, reason] of REFUSED_OPENINGS) {
    if (scanner.lookingAt(opening)) scanner.fail(reason);
  }
  const at = scanner.position;
  if (scanner.accept('(?P<') || scanner.accept('(?<')) {
    return { kind: 'group', flags, name: parseGroupName(scanner, at) };
  }
  scanner.position += 2;
  return parseFlags(scanner, flags, at);
}

function parseGroupName(scanner: Scanner, at: number): string {
  const name = scanner.takeWhile(isWordCharacter);
  if (name === '' || !scanner.accept('>')) scanner.fail('malformed group name; write (?P<name>…)', at);
  return name;
}

/** `i-s)` or `i-s:`; the cursor is past the question mark. */
function parseFlags(scanner: Scanner, flags: Flags, at: number): GroupOpening {
  let result = flags;
  let negated = false;
  let named = true;
  for (;;) {
    const letter = scanner.peek();
    if (letter === '') scanner.fail('missing closing )', at);
    scanner.position++;
    if (letter === ')' || letter === ':') {
      if (!named) scanner.fail('no flag after - in a group', at);
      return { kind: letter === ':' ? 'group' : 'flags', flags: result };
    }
    if (letter === '-' && !negated) {
      negated = true;
      named = false;
    } else if (Object.hasOwn(FLAG_LETTERS, letter)) {
      result = { ...result, [FLAG_LETTERS[letter]!]: !negated };
      named = true;
    } else {
      scanner.fail(`unknown flag '${letter}' in a group; there are i, m, s and U`, scanner.position - 1);
    }
  }
}
