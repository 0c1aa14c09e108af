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

/** About `limit` code units of a split text, from shortly before the first marked part on; an ellipsis where it is cut. */
export function clipParts(parts: readonly Part[], limit: number): Part[] {
  const total = parts.reduce((sum, { text }) => sum + text.length, 0);
  if (total <= limit) return [...parts];
  const first = parts.findIndex(({ marked }) => marked);
  const before = parts.slice(0, Math.max(0, first)).reduce((sum, { text }) => sum + text.length, 0);
  const from = Math.max(0, Math.min(before - Math.floor(limit / 4), total - limit));
  const clipped: Part[] = from > 0 ? [{ text: '…', marked: false }] : [];
  let at = 0;
  for (const { text, marked } of parts) {
    const piece = text.slice(Math.max(0, from - at), Math.max(0, from + limit - at));
    if (piece !== '') clipped.push({ text: piece, marked });
    at += text.length;
  }
  if (from + limit < total) clipped.push({ text: '…', marked: false });
  return clipped;
}

/** Beyond this, in UTF-16 code units, texts are not compared: the cost is the product of their lengths. */
const MOST_COMPARED = 2_000;

/** Stretches of at least `least` code units that two texts share, by their place in the first; none for long texts. */
export function commonStretches(text: string, other: string, least: number): string[] {
  if (text.length > MOST_COMPARED || other.length > MOST_COMPARED) return [];
  const stretches: string[] = [];
  for (let at = 0; at + least <= text.length; ) {
    let end = at + least;
    if (!other.includes(text.slice(at, end))) {
      at++;
      continue;
    }
    while (end < text.length && other.includes(text.slice(at, end + 1))) end++;
    stretches.push(text.slice(at, end));
    at = end;
  }
  return stretches;
}

/** Cuts a long text in the middle, which keeps the ends that tell values apart. `limit` in UTF-16 code units, ellipsis included. */
export function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = Math.ceil((limit - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (limit - 1 - head))}`;
}
