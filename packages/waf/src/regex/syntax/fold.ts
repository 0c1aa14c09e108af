/**
 * Case folding: two code points are equal without case if Unicode's simple folding (CaseFolding.txt, statuses C and S)
 * takes both to the same one. The code points that fold together form an orbit; most orbits are a pair, but `k` folds
 * with `K` and the Kelvin sign, and `s` with `S` and the long s.
 *
 * JavaScript does not expose the folding itself, but its case mappings join the same code points with few exceptions:
 * dotless ı maps to `I` in upper case yet folds only to itself, and three pairs fold together whose mappings are more
 * than one code point. So orbits are read from the mappings, once, and only if a pattern goes beyond ASCII.
 */
import {
  addOtherCase,
  type CodePointSet,
  LOWER_A,
  lastAtMost,
  MAX_CODE_POINT,
  normalize,
  UPPER_A,
} from './code-point-set.ts';
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
const BEYOND_LATIN_1: ReadonlyMap<number, number> = new Map([
  [0xb5, 0x3bc],
  [0xc5, 0x212b],
  [0xdf, 0x1e9e],
  [0xe5, 0x212b],
]);

/** All code points with case lie in the first two planes. */
const LAST_CASED = 0x1ffff;

/** Returns the set with every code point that equals one of its members without case. */
export function foldCase(set: CodePointSet): CodePointSet {
  const folded = [...set];
  for (let i = 0; i < set.length; i += 2) {
    const lo = set[i]!;
    const hi = set[i + 1]!;
    foldAscii(lo, hi, folded);
    if (hi > 0x7f) foldBeyondAscii(Math.max(lo, 0x80), hi, folded);
  }
  return folded.length === set.length ? set : normalize(folded);
}

function foldAscii(lo: number, hi: number, into: number[]): void {
  addOtherCase(into, lo, hi, UPPER_A);
  addOtherCase(into, lo, hi, LOWER_A);
  const holds = (codePoint: number) => lo <= codePoint && codePoint <= hi;
  if (holds(0x6b) || holds(0x4b)) into.push(KELVIN_SIGN, KELVIN_SIGN);
  if (holds(0x73) || holds(0x53)) into.push(LONG_S, LONG_S);
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
  table ??= buildOrbitTable();
  const { cased, orbits } = table;
  for (let i = lastAtMost(cased, lo); cased[i]! <= hi; i++) {
    if (cased[i]! < lo) continue;
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
  const other = BEYOND_LATIN_1.get(codePoint);
  if (other !== undefined) into.push(other, other);
}

interface OrbitTable {
  /** Code points that are not alone in their orbit, ascending. */
  readonly cased: Int32Array;
  readonly orbits: ReadonlyMap<number, readonly number[]>;
}

let table: OrbitTable | undefined;

function buildOrbitTable(): OrbitTable {
  const orbits = new Map<number, number[]>();
  const join = (codePoint: number, mapped: string) => {
    const other = mapped.codePointAt(0)!;
    const isOneCodePoint = mapped.length === (other > 0xffff ? 2 : 1);
    const mine = orbits.get(codePoint) ?? [codePoint];
    if (!isOneCodePoint || mine.includes(other)) return;
    const joined = [...mine, ...(orbits.get(other) ?? [other])];
    for (const member of joined) orbits.set(member, joined);
  };
  const mapped = codePointsMatching(/\p{Changes_When_Casemapped}+/gu, LAST_CASED);
  for (let i = 0; i < mapped.length; i += 2) {
    for (let codePoint = mapped[i]!; codePoint <= mapped[i + 1]!; codePoint++) {
      if (codePoint === DOTLESS_I) continue;
      const character = String.fromCodePoint(codePoint);
      join(codePoint, character.toLowerCase());
      join(codePoint, character.toUpperCase());
    }
  }
  for (const [one, other] of UNMAPPED_PAIRS) join(one!.codePointAt(0)!, other!);
  return { cased: Int32Array.from(orbits.keys()).sort(), orbits };
}
