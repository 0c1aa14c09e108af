/**
 * A set of code points as sorted, disjoint, non-adjacent ranges, flat: `[lo, hi, lo, hi, …]`, bounds inclusive.
 * Surrogates count as code points, so that a string with a lone one is still a sequence of code points.
 */
export type CodePointSet = readonly number[];

export const MAX_CODE_POINT = 0x10ffff;

export const UPPER_A = 0x41;
export const LOWER_A = 0x61;
export const TO_LOWER = LOWER_A - UPPER_A;

export const ANY: CodePointSet = [0, MAX_CODE_POINT];
export const NEWLINE: CodePointSet = [0x0a, 0x0a];
export const WORD: CodePointSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];

/** Takes ranges in any order, overlapping or not; returns the set of what they cover. */
export function normalize(ranges: readonly number[]): CodePointSet {
  if (ranges.length === 2) return ranges;
  const sorted = sortRanges(ranges);
  const set: number[] = [];
  for (let i = 0; i < sorted.length; i += 2) {
    const last = set.length - 1;
    if (last > 0 && sorted[i]! <= set[last]! + 1) set[last] = Math.max(set[last]!, sorted[i + 1]!);
    else set.push(sorted[i]!, sorted[i + 1]!);
  }
  return set;
}

/** Few ranges are sorted as they are inserted; most are in order already. */
const MAX_INSERTED = 64;

function sortRanges(ranges: readonly number[]): readonly number[] {
  if (ranges.length > MAX_INSERTED) {
    const pairs: [number, number][] = [];
    for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i]!, ranges[i + 1]!]);
    return pairs.sort((a, b) => a[0] - b[0]).flat();
  }
  const sorted = ranges.slice();
  for (let i = 2; i < sorted.length; i += 2) {
    const lo = sorted[i]!;
    const hi = sorted[i + 1]!;
    let place = i;
    for (; place > 0 && sorted[place - 2]! > lo; place -= 2) {
      sorted[place] = sorted[place - 2]!;
      sorted[place + 1] = sorted[place - 1]!;
    }
    sorted[place] = lo;
    sorted[place + 1] = hi;
  }
  return sorted;
}

export function negate(set: CodePointSet): CodePointSet {
  const complement: number[] = [];
  let from = 0;
  for (let i = 0; i < set.length; i += 2) {
    addRange(complement, from, set[i]! - 1);
    from = set[i + 1]! + 1;
  }
  addRange(complement, from, MAX_CODE_POINT);
  return complement;
}

/** Adds a range, moved by some way, unless it is empty. */
export function addRange(ranges: number[], lo: number, hi: number, by = 0): void {
  if (lo <= hi) ranges.push(lo + by, hi + by);
}

/** Adds the letters of the other case for those of ASCII in a range, of which `a` is the first of its case. */
export function addOtherCase(ranges: number[], lo: number, hi: number, a: number): void {
  addRange(ranges, Math.max(lo, a), Math.min(hi, a + 25), a === LOWER_A ? -TO_LOWER : TO_LOWER);
}

export function includes(set: CodePointSet, codePoint: number): boolean {
  for (let i = 0; i < set.length && set[i]! <= codePoint; i += 2) {
    if (codePoint <= set[i + 1]!) return true;
  }
  return false;
}

/** The place of the last number that is not greater than `value`, or else the first. */
export function lastAtMost(sorted: Int32Array, value: number): number {
  let lo = 0;
  let hi = sorted.length - 1;
  while (lo < hi) {
    const middle = (lo + hi + 1) >> 1;
    if (sorted[middle]! <= value) lo = middle;
    else hi = middle - 1;
  }
  return lo;
}
