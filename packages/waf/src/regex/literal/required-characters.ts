/**
 * # A character that an input must hold
 *
 * A match of `[&|]\s*cat` holds an ampersand or a bar. Where a transformer only takes characters away, a text without
 * either need not even be transformed to know that nothing will match.
 */
import { ALTERNATE, CLASS, CONCAT, type Node, REPEAT } from '../syntax/ast.ts';
import { addOtherCase, type CodePointSet, LOWER_A, normalize } from '../syntax/code-point-set.ts';

/** What the characters of a set may add up to for it to be worth looking for. */
const MAX_COMMONNESS = 40;
/** What isn't listed below is rarest. */
const RARE = 1;
/** In so many texts that it tells nothing to miss one of them; and white space, for which transformers care little. */
const COMMON = MAX_COMMONNESS + 1;
/** How common each ASCII character is. */
const WEIGHTS = new Uint8Array(128).fill(RARE);
for (const [characters, weight] of [
  ['etaoinsrhldcum0123456789-._ \t\n\v\f\r', COMMON],
  ['fgpwybvk,', 8],
  ['xjqz/:;=()+"', 4],
] as const) {
  for (const character of characters) WEIGHTS[character.charCodeAt(0)] = weight;
}

/** Rare characters of which every match has at least one; undefined if there are none such, or too many. */
export function requiredCharacters(root: Node): CodePointSet | undefined {
  switch (root.type) {
    case CLASS: {
      // The halves of a surrogate pair may come together when what is between them is taken away.
      const last = root.set[root.set.length - 1] ?? 0;
      return last < 0x10000 && commonness(root.set) <= MAX_COMMONNESS ? root.set : undefined;
    }
    case CONCAT:
      return rarest(root.nodes.map(requiredCharacters));
    case ALTERNATE:
      return anyOf(root.nodes.map(requiredCharacters));
    case REPEAT:
      return root.min > 0 ? requiredCharacters(root.node) : undefined;
    default:
      return undefined;
  }
}

/** The same for a list of phrases. */
export function requiredInPhrases(phrases: readonly string[]): CodePointSet | undefined {
  const characters = new Set<number>();
  for (const phrase of phrases) {
    const rarest = rarestIn(phrase);
    if (rarest === undefined) return undefined;
    characters.add(rarest);
    if (characters.size > MAX_COMMONNESS) return undefined;
  }
  return anyOf([...characters].map((codePoint) => [codePoint, codePoint]));
}

/** The UTF-16 unit that is rarest; of ASCII only, which is enough to tell. */
function rarestIn(phrase: string): number | undefined {
  let best: number | undefined;
  let least = MAX_COMMONNESS;
  for (let i = 0; i < phrase.length && least > RARE; i++) {
    const unit = phrase.charCodeAt(i);
    const weight = WEIGHTS[unit] ?? COMMON;
    if (weight < least) {
      least = weight;
      best = unit;
    }
  }
  return best;
}

/** The union; undefined if one is or if there are too many. */
export function anyOf(sets: readonly (CodePointSet | undefined)[]): CodePointSet | undefined {
  const ranges: number[] = [];
  for (const set of new Set(sets)) {
    if (!set) return undefined;
    ranges.push(...set);
  }
  const union = normalize(ranges);
  return commonness(union) <= MAX_COMMONNESS ? union : undefined;
}

/** The set and the upper case of its ASCII letters. */
export function withUpperCase(set: CodePointSet): CodePointSet {
  const ranges = [...set];
  for (let i = 0; i < set.length; i += 2) addOtherCase(ranges, set[i]!, set[i + 1]!, LOWER_A);
  return normalize(ranges);
}

function rarest(sets: readonly (CodePointSet | undefined)[]): CodePointSet | undefined {
  let best: CodePointSet | undefined;
  for (const set of sets) {
    if (set && (!best || commonness(set) < commonness(best))) best = set;
  }
  return best;
}

/** Beyond MAX_COMMONNESS if one of the characters is in so many texts that it tells nothing. */
function commonness(set: CodePointSet): number {
  let sum = 0;
  for (let i = 0; i < set.length && sum <= MAX_COMMONNESS; i += 2) {
    for (let codePoint = set[i]!; codePoint <= set[i + 1]! && sum <= MAX_COMMONNESS; codePoint++) {
      sum += WEIGHTS[codePoint] ?? RARE;
    }
  }
  return sum;
}
