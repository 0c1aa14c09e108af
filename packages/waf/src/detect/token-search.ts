/** Index of the first token that ends after `position`; the number of tokens if there is none. `ends` ascends. */
export function firstEndingAfter(ends: readonly number[], position: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
