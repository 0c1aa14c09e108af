import type { Transformer } from '../transform/index.ts';

/**
 * How a chain of transformers is searched: most of its work can be done to the expressions, once, instead of to every
 * text. Lower-casing at the end, or before what goes by no case, is undone in the expression; what remains is done to
 * the text.
 *
 *     lowercase, removeNulls   →   remaining: removeNulls   lowered: yes
 *     url_decode, lowercase    →   remaining: url_decode    lowered: yes
 *     lowercase, url_decode    →   remaining: both, since %41 is the same as %61 only before
 */
export interface SearchForm {
  readonly remaining: readonly Transformer[];
  /** Whether the expressions must match what they match in lower case. */
  readonly lowered: boolean;
  /** RE2 expressions: a text that none of them matches can be searched as it is. Undefined if there is no telling. */
  readonly changes: readonly string[] | undefined;
  /** Whether what remains only takes characters away. */
  readonly addsNothing: boolean;
}

const UPPER_CASE = '[A-Z]';

/** The form in which texts after these transformers are searched. */
export function searchForm(transformers: readonly Transformer[]): SearchForm {
  const remaining: Transformer[] = [];
  const changes = new Set<string>();
  let known = true;
  let lowered = false;
  /** Whether nothing that follows goes by case. */
  let caseless = true;
  for (const transformer of [...transformers].reverse()) {
    if (transformer.letterCase === 'lowered') {
      if (caseless) lowered = true;
      else changes.add(UPPER_CASE);
    }
    if (caseless && transformer.changes === '') continue;
    remaining.unshift(transformer);
    if (transformer.letterCase === undefined) caseless = false;
    if (transformer.changes === undefined) known = false;
    else if (transformer.changes !== '') changes.add(transformer.changes);
  }
  const addsNothing = remaining.every((transformer) => transformer.addsNothing === true);
  return { remaining, lowered, changes: known ? [...changes] : undefined, addsNothing };
}
