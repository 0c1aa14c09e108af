/** A stretch of a text, and whether it is a marked one. */
export interface Part {
  text: string;
  marked: boolean;
}

/**
 * Splits a text at all occurrences of what is to be marked; the parts joined are the text. Empty marks are left out,
 * those that overlap or touch become one. The first spelling of a mark that occurs is taken: as it is, or without regard
 * to case, because rules match after transformations such as lower-casing. Linear in the text for each mark.
 */
export function splitHighlight(text: string, marks: readonly string[]): Part[] {
  const folded = text.toLowerCase();
  const ranges: [from: number, to: number][] = [];
  for (const mark of new Set(marks)) {
    if (mark === '') continue;
    const found = occurrences(text, mark);
    // Positions carry over only where folding keeps the length.
    const either =
      found.length > 0 || folded.length !== text.length ? found : occurrences(folded, mark.toLowerCase());
    ranges.push(...either);
  }
  ranges.sort((a, b) => a[0] - b[0]);
  const parts: Part[] = [];
  let at = 0;
  for (let index = 0; index < ranges.length; ) {
    const from = ranges[index]![0];
    let to = ranges[index]![1];
    for (index++; index < ranges.length && ranges[index]![0] <= to; index++)
      to = Math.max(to, ranges[index]![1]);
    if (from > at) parts.push({ text: text.slice(at, from), marked: false });
    parts.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

function occurrences(text: string, mark: string): [number, number][] {
  const ranges: [number, number][] = [];
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length))
    ranges.push([at, at + mark.length]);
  return ranges;
}

/** Cuts a long text in the middle, which keeps the ends that tell values apart. `limit` in UTF-16 code units, ellipsis included. */
export function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = Math.ceil((limit - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (limit - 1 - head))}`;
}
