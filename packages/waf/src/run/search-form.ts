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
  /**
   * The characters of which a text must have one for a character to be in what remains makes of it; undefined if there
   * is no telling.
   */
  readonly sources: (codePoint: number) => readonly number[] | undefined;
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
  return {
    remaining,
    lowered,
    changes: known ? [...changes] : undefined,
    sources: (codePoint) => sourcesOf(remaining, String.fromCodePoint(codePoint)),
  };
}

function sourcesOf(transformers: readonly Transformer[], character: string): number[] | undefined {
  const characters = new Set([character]);
  for (const { addsNothing, letterCase, sources } of [...transformers].reverse()) {
    if (letterCase === 'lowered') for (const one of [...characters]) characters.add(upperCase(one));
    if (addsNothing === true) {
      // The halves of a surrogate pair may come together when what is between them is taken away.
      if ([...characters].some((one) => one.length > 1)) return undefined;
      continue;
    }
    for (const one of [...characters]) {
      const others = sources?.(one);
      if (others === undefined) return undefined;
      for (const other of others) characters.add(other);
    }
  }
  return [...characters].map((one) => one.codePointAt(0)!);
}

function upperCase(character: string): string {
  return /[a-z]/.test(character) ? character.toUpperCase() : character;
}
