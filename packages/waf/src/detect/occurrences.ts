/**
 * Where an input of the request occurs in the argument of a sink.
 *
 * An input is looked for as it came and in the forms that applications pass on most: trimmed, and all in lower or
 * all in upper case. (libddwaf looks for the exact value only, so `.trim()` or `.toLowerCase()` hide an injection
 * from it.) Anything else, such as a decoded input, is another input: the caller passes it as one.
 *
 * The number of occurrences that are looked at is bounded, the more tightly the shorter the input, for a short one is
 * all over a large argument and a long one hardly; an inspector can also skip ahead, past a literal that holds many.
 */
const MAX_OCCURRENCES = 2048;
const MAX_SHORT_OCCURRENCES = 256;
const SHORT_LENGTH = 8;

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
  const budget = { occurrences: input.length < SHORT_LENGTH ? MAX_SHORT_OCCURRENCES : MAX_OCCURRENCES };
  if (inspectOccurrences(text, input, inspect, budget)) return input;
  const trimmed = input.trim();
  if (trimmed.length < minLength) return null;
  if (trimmed !== input && inspectOccurrences(text, trimmed, inspect, budget)) return trimmed;
  const lower = trimmed.toLowerCase();
  if (lower !== trimmed && inspectOccurrences(text, lower, inspect, budget)) return lower;
  const upper = trimmed.toUpperCase();
  if (upper !== trimmed && inspectOccurrences(text, upper, inspect, budget)) return upper;
  return null;
}

function inspectOccurrences(
  text: string,
  needle: string,
  inspect: Inspector,
  budget: { occurrences: number },
): boolean {
  if (needle.length > text.length) return false;
  let from = 0;
  while (budget.occurrences > 0) {
    const start = text.indexOf(needle, from);
    if (start < 0) return false;
    budget.occurrences--;
    const next = inspect(start, start + needle.length);
    if (next === FOUND) return true;
    from = next;
  }
  return false;
}
