/**
 * A set of code points as sorted, disjoint, non-adjacent ranges, flat: `[lo, hi, lo, hi, …]`, bounds inclusive.
 * Surrogates count as code points, so that a string with a lone one is still a sequence of code points.
 */
export type CodePointSet = readonly number[];

export const MAX_CODE_POINT = 0x10ffff;

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
    if (from < set[i]!) complement.push(from, set[i]! - 1);
    from = set[i + 1]! + 1;
  }
  if (from <= MAX_CODE_POINT) complement.push(from, MAX_CODE_POINT);
  return complement;
}

export function includes(set: CodePointSet, codePoint: number): boolean {
  for (let i = 0; i < set.length && set[i]! <= codePoint; i += 2) {
    if (codePoint <= set[i + 1]!) return true;
  }
  return false;
}
