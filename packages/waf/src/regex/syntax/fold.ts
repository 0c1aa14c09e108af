/**
 * Case folding: two code points are equal without case if Unicode's simple folding (CaseFolding.txt, statuses C and S)
 * takes both to the same one. The code points that fold together form an orbit; most orbits are a pair, but `k` folds
 * with `K` and the Kelvin sign, and `s` with `S` and the long s.
 *
 * JavaScript does not expose the folding itself, but its case mappings join the same code points with few exceptions:
 * dotless ı maps to `I` in upper case yet folds only to itself, and three pairs fold together whose mappings are more
 * than one code point. So orbits are read from the mappings, once, and only if a pattern goes beyond ASCII.
 */
import { type CodePointSet, MAX_CODE_POINT, normalize } from './code-point-set.ts';
import { codePointsMatching } from './unicode.ts';

const KELVIN_SIGN = 0x212a;
const LONG_S = 0x17f;
const DOTLESS_I = 0x131;
/** Iota and upsilon with dialytika and tonos or oxia, and the two ligatures of s and t. */
const UNMAPPED_PAIRS = ['\u0390\u1fd3', '\u03b0\u1fe3', '\ufb05\ufb06'];

/** What folds with the Kelvin sign and the long s: all that a range of everything beyond ASCII lacks. */
const ASCII_FROM_BEYOND: CodePointSet = [0x4b, 0x4b, 0x53, 0x53, 0x6b, 0x6b, 0x73, 0x73];

const LAST_LATIN_1 = 0xff;

/** What else folds with code points of Latin-1, beside their own mappings. */
const BEYOND_LATIN_1: ReadonlyMap<number, readonly number[]> = new Map([
  [0xb5, [0x3bc]],
  [0xc5, [0x212b]],
  [0xdf, [0x1e9e]],
  [0xe5, [0x212b]],
]);

/** All code points with case lie in the first two planes. */
const LAST_CASED = 0x1ffff;

/** Returns the set with every code point that equals one of its members without case. */
export function foldCase(set: CodePointSet): CodePointSet {
  const folded = [...set];
  for (let i = 0; i < set.length; i += 2) {
    const lo = set[i]!;
    const hi = set[i + 1]!;
    foldAscii(lo, Math.min(hi, 0x7f), folded);
    if (hi > 0x7f) foldBeyondAscii(Math.max(lo, 0x80), hi, folded);
  }
  return folded.length === set.length ? set : normalize(folded);
}

function foldAscii(lo: number, hi: number, into: number[]): void {
  shift(Math.max(lo, 0x41), Math.min(hi, 0x5a), 0x20, into);
  shift(Math.max(lo, 0x61), Math.min(hi, 0x7a), -0x20, into);
  if (holdsLetter(lo, hi, 0x6b)) into.push(KELVIN_SIGN, KELVIN_SIGN);
  if (holdsLetter(lo, hi, 0x73)) into.push(LONG_S, LONG_S);
}

function shift(lo: number, hi: number, by: number, into: number[]): void {
  if (lo <= hi) into.push(lo + by, hi + by);
}

function holdsLetter(lo: number, hi: number, lower: number): boolean {
  return (lo <= lower && lower <= hi) || (lo <= lower - 0x20 && lower - 0x20 <= hi);
}

function foldBeyondAscii(lo: number, hi: number, into: number[]): void {
  if (lo === 0x80 && hi === MAX_CODE_POINT) {
    into.push(...ASCII_FROM_BEYOND);
    return;
  }
  if (hi <= LAST_LATIN_1) {
    for (let codePoint = lo; codePoint <= hi; codePoint++) foldLatin1(codePoint, into);
    return;
  }
  const { cased, orbits } = orbitTable();
  for (let i = lowerBound(cased, lo); i < cased.length && cased[i]! <= hi; i++) {
    for (const member of orbits.get(cased[i]!)!) {
      if (member < lo || member > hi) into.push(member, member);
    }
  }
}

/** Patterns that name bytes go no further than this, and need not wait for the table. */
function foldLatin1(codePoint: number, into: number[]): void {
  const character = String.fromCodePoint(codePoint);
  for (const mapped of [character.toLowerCase(), character.toUpperCase()]) {
    if (mapped.length === 1) into.push(mapped.charCodeAt(0), mapped.charCodeAt(0));
  }
  for (const other of BEYOND_LATIN_1.get(codePoint) ?? []) into.push(other, other);
}

function lowerBound(sorted: readonly number[], value: number): number {
  let lo = 0;
  let hi = sorted.length;
  while (lo < hi) {
    const middle = (lo + hi) >> 1;
    if (sorted[middle]! < value) lo = middle + 1;
    else hi = middle;
  }
  return lo;
}

interface OrbitTable {
  /** Code points that are not alone in their orbit, ascending. */
  readonly cased: readonly number[];
  readonly orbits: ReadonlyMap<number, readonly number[]>;
}

let table: OrbitTable | undefined;

function orbitTable(): OrbitTable {
  table ??= buildOrbitTable();
  return table;
}

function buildOrbitTable(): OrbitTable {
  const orbits = new Map<number, number[]>();
  const mapped = codePointsMatching(/\p{Changes_When_Casemapped}+/gu, LAST_CASED);
  for (let i = 0; i < mapped.length; i += 2) {
    for (let codePoint = mapped[i]!; codePoint <= mapped[i + 1]!; codePoint++) {
      if (codePoint === DOTLESS_I) continue;
      const character = String.fromCodePoint(codePoint);
      join(orbits, codePoint, character.toLowerCase());
      join(orbits, codePoint, character.toUpperCase());
    }
  }
  for (const [one, other] of UNMAPPED_PAIRS) join(orbits, one!.codePointAt(0)!, other!);
  return { cased: [...orbits.keys()].sort((a, b) => a - b), orbits };
}

function join(orbits: Map<number, number[]>, codePoint: number, mapped: string): void {
  const other = mapped.codePointAt(0)!;
  const isOneCodePoint = mapped.length === (other > 0xffff ? 2 : 1);
  if (other === codePoint || !isOneCodePoint) return;
  const mine = orbits.get(codePoint) ?? [codePoint];
  const theirs = orbits.get(other) ?? [other];
  if (mine === theirs) return;
  const joined = [...mine, ...theirs];
  for (const member of joined) orbits.set(member, joined);
}
