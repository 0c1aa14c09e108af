import { PERL_CLASSES, POSIX_CLASSES } from './class-names.ts';
import { type CodePointSet, negate, normalize } from './code-point-set.ts';
import { parseEscape } from './escape.ts';
import { foldCase } from './fold.ts';
import { accept, fail, isDone, next, peek, type Scanner, take } from './scanner.ts';
import { unicodeProperty } from './unicode.ts';

/** Reads `[…]`; the cursor is on the opening bracket. What it lists is folded first, then negated. */
export function parseBracketClass(scanner: Scanner, fold: boolean): CodePointSet {
  const opening = scanner.at++;
  const negated = accept(scanner, '^');
  const ranges: number[] = [];
  for (let first = true; first || peek(scanner) !== ']'; first = false) {
    if (isDone(scanner)) fail(scanner, 'missing closing ]', opening);
    const part =
      parseNamedClass(scanner, fold) ?? parsePosixClass(scanner, fold) ?? parseRange(scanner, fold);
    for (let i = 0; i < part.length; i++) ranges.push(part[i]!);
  }
  scanner.at++;
  const set = normalize(ranges);
  return negated ? negate(set) : set;
}

const PROPERTY = /\\p(?:\{(\^)?([^}]*)\}|([^{]))/iuy;
const POSIX = /\[:(\^)?(.*?):\]/sy;

/** `\d`, `\pL`, `\p{Greek}` and their negations; undefined, without moving, if something else is next. */
export function parseNamedClass(scanner: Scanner, fold: boolean): CodePointSet | undefined {
  if (peek(scanner) !== '\\') return undefined;
  const letter = peek(scanner, 1);
  const lower = letter.toLowerCase();
  const isUpper = letter !== lower;
  const perlClass = PERL_CLASSES[lower];
  if (perlClass) {
    scanner.at += 2;
    return finish(perlClass, fold, isUpper);
  }
  if (lower !== 'p') return undefined;
  const { at } = scanner;
  const isBraced = peek(scanner, 2) === '{';
  const [, negation, name, short = name!] =
    take(scanner, PROPERTY) ??
    fail(scanner, isBraced ? 'missing closing } of \\p{…}' : '\\p needs a category or script');
  const property =
    unicodeProperty(short) ?? fail(scanner, `unknown Unicode category or script '${short}'`, at);
  return finish(property, fold, isUpper !== (negation !== undefined));
}

/** `[:alpha:]` or `[:^alpha:]`; undefined, without moving, if no `:]` follows: then the bracket is a literal. */
function parsePosixClass(scanner: Scanner, fold: boolean): CodePointSet | undefined {
  const { at } = scanner;
  const match = peek(scanner) === '[' ? take(scanner, POSIX) : null;
  if (match === null) return undefined;
  const [spelled, negation, name] = match;
  const set =
    (Object.hasOwn(POSIX_CLASSES, name!) && POSIX_CLASSES[name!]) ||
    fail(scanner, `unknown POSIX class ${spelled}`, at);
  return finish(set, fold, negation !== undefined);
}

function finish(set: CodePointSet, fold: boolean, negated: boolean): CodePointSet {
  const folded = fold ? foldCase(set) : set;
  return negated ? negate(folded) : folded;
}

/** `x` or `x-y`. A hyphen that opens no range is itself. */
function parseRange(scanner: Scanner, fold: boolean): CodePointSet {
  const at = scanner.at;
  const lo = parseMember(scanner);
  if (peek(scanner) !== '-' || peek(scanner, 1) === ']' || peek(scanner, 1) === '')
    return finish([lo, lo], fold, false);
  scanner.at++;
  const hi = parseMember(scanner);
  if (hi < lo) fail(scanner, `range out of order: ${scanner.pattern.slice(at, scanner.at)}`, at);
  return finish([lo, hi], fold, false);
}

/** The caller has seen that there is one. */
function parseMember(scanner: Scanner): number {
  return peek(scanner) === '\\' ? parseEscape(scanner) : next(scanner);
}
