import { percentDecode } from '../transform/percent-decoding.ts';

/**
 * Where an input of the request occurs in the argument of a sink.
 *
 * An input is looked for as it came and in the forms that applications pass on most: trimmed, all in lower or all in
 * upper case, and percent-decoded once more. (libddwaf looks for the exact value only, so `.trim()`, `.toLowerCase()`
 * or `decodeURIComponent()` hide an injection from it.) Anything else is another input: the caller passes it as one.
 *
 * The number of occurrences that are looked at is bounded, the more tightly the shorter the input, for a short one is
 * all over a large argument and a long one hardly; an inspector can also skip ahead, past a literal that holds many.
 * So are the code units of them all, for the occurrences of `aaaa` overlap.
 */
const MAX_OCCURRENCES = 2048;
const MAX_SHORT_OCCURRENCES = 256;
const SHORT_LENGTH = 8;
/** Times the length of the argument. */
const MAX_OVERLAP = 8;

/** Returned by an inspector when the occurrence is an injection. */
export const FOUND = -1;

/**
 * Looks at one occurrence, `text[start, end)`. Returns `FOUND`, or the index from which to look for the next
 * occurrence, which is greater than `start`.
 */
export type Inspector = (start: number, end: number) => number;

/**
 * Takes the argument, the input and the fewest UTF-16 code units that an injection has; returns the injected part
 * as it stands in the argument, or null.
 */
export function findInjection(
  text: string,
  input: string,
  minLength: number,
  inspect: Inspector,
): string | null {
  if (input.length < minLength) return null;
  let occurrences = input.length < SHORT_LENGTH ? MAX_SHORT_OCCURRENCES : MAX_OCCURRENCES;
  let units = text.length * MAX_OVERLAP;
  const trimmed = input.trim();
  const forms = [input, trimmed, trimmed.toLowerCase(), trimmed.toUpperCase()];
  if (input.includes('%')) forms.push(percentDecode(trimmed, false));
  for (const [index, form] of forms.entries()) {
    if (form.length < minLength || forms.indexOf(form) < index) continue;
    for (let from = 0; occurrences > 0 && units > 0; occurrences--) {
      const start = text.indexOf(form, from);
      if (start < 0) break;
      units -= form.length;
      from = inspect(start, start + form.length);
      if (from === FOUND) return form;
    }
  }
  return null;
}
