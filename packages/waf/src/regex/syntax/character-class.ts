import { PERL_CLASSES, POSIX_CLASSES } from './class-names.ts';
import { type CodePointSet, negate, normalize } from './code-point-set.ts';
import { parseEscape } from './escape.ts';
import { foldCase } from './fold.ts';
import { accept, fail, isDone, isLookingAt, next, peek, type Scanner, takeWhile } from './scanner.ts';
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

/** `\d`, `\pL`, `\p{Greek}` and their negations; undefined, without moving, if something else is next. */
export function parseNamedClass(scanner: Scanner, fold: boolean): CodePointSet | undefined {
  if (peek(scanner) !== '\\') return undefined;
  const letter = peek(scanner, 1);
  const lower = letter.toLowerCase();
  const perlClass = PERL_CLASSES[lower];
  if (!perlClass && lower !== 'p') return undefined;
  const { at } = scanner;
  scanner.at += 2;
  if (perlClass) return finish(perlClass, fold, letter !== lower);
  const { name, negated } = parsePropertyName(scanner, at);
  const property = unicodeProperty(name);
  if (!property) fail(scanner, `unknown Unicode category or script '${name}'`, at);
  return finish(property, fold, negated !== (letter !== lower));
}

function parsePropertyName(scanner: Scanner, at: number): { name: string; negated: boolean } {
  if (isDone(scanner)) fail(scanner, '\\p needs a category or script', at);
  if (!accept(scanner, '{')) return { name: String.fromCodePoint(next(scanner)), negated: false };
  const negated = accept(scanner, '^');
  const name = takeWhile(scanner, (character) => character !== '}');
  if (!accept(scanner, '}')) fail(scanner, 'missing closing } of \\p{…}', at);
  return { name, negated };
}

/** `[:alpha:]` or `[:^alpha:]`; undefined, without moving, if no `:]` follows: then the bracket is a literal. */
function parsePosixClass(scanner: Scanner, fold: boolean): CodePointSet | undefined {
  if (!isLookingAt(scanner, '[:')) return undefined;
  const end = scanner.pattern.indexOf(':]', scanner.at + 2);
  if (end < 0) return undefined;
  const at = scanner.at;
  const spelled = scanner.pattern.slice(at + 2, end);
  const negated = spelled.startsWith('^');
  const name = negated ? spelled.slice(1) : spelled;
  if (!Object.hasOwn(POSIX_CLASSES, name)) fail(scanner, `unknown POSIX class [:${spelled}:]`, at);
  scanner.at = end + 2;
  return finish(POSIX_CLASSES[name]!, fold, negated);
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
