import { groupBy } from '../../group-by.ts';
import {
  ALTERNATE,
  CONCAT,
  classNode,
  concat,
  EMPTY_NODE,
  LOOK,
  type Node,
  WORD_BOUNDARY,
} from '../syntax/ast.ts';
import { undoLowerCase } from '../syntax/lower-case.ts';

/** Beyond this many branchings on the way, phrases stand side by side, so that a tree is never too deep to walk. */
const MAX_DEPTH = 100;

const BOUNDARY: Node = { type: LOOK, look: WORD_BOUNDARY };
/** Matches nothing. */
const NOWHERE: Node = classNode([]);

/**
 * The tree that matches where one of the phrases stands. Those that begin alike share their beginning, so that an
 * automaton has few ways to follow. With `bounded`, a phrase must not begin or end within a word of ASCII letters,
 * digits and underscores. With `lowered`, it matches where they stand in the text in lower case. Of phrases of which one
 * begins another, it matches the longest if it is to tell `where` they stand, else the shortest. Empty phrases are
 * nowhere.
 */
export function phrasesTree(
  phrases: readonly string[],
  {
    bounded = false,
    lowered = false,
    where = false,
  }: { bounded?: boolean; lowered?: boolean; where?: boolean },
): Node {
  const characters = new Map<string, Node>();
  const texts = [...new Set(phrases)].filter((phrase) => phrase !== '').map((phrase) => [...phrase]);
  if (!bounded) return build(texts, 0, 0);
  const inWord = texts.filter((text) => isWord(text[0]!));
  const others = texts.filter((text) => !isWord(text[0]!));
  const afterBoundary: Node = { type: CONCAT, nodes: [BOUNDARY, build(inWord, 0, 0)] };
  if (others.length === 0) return afterBoundary;
  const anywhere = build(others, 0, 0);
  return inWord.length === 0 ? anywhere : { type: ALTERNATE, nodes: [afterBoundary, anywhere] };

  /** The rest from `from` on of texts that agree up to there. */
  function build(alike: readonly string[][], from: number, depth: number): Node {
    if (alike.length === 0) return NOWHERE;
    if (alike.length === 1) return rest(alike[0]!, from);
    if (depth > MAX_DEPTH) return { type: ALTERNATE, nodes: alike.map((text) => rest(text, from)) };
    let end = from;
    const [first] = alike;
    while (alike.every((text) => end < text.length && text[end] === first![end])) end++;
    return sequence(first!.slice(from, end), branches(alike, end, depth + 1));
  }

  function branches(alike: readonly string[][], at: number, depth: number): Node {
    const ending = alike.find((text) => text.length === at);
    // Where a phrase ends for certain, longer ones tell nothing new of whether there is one.
    if (!where && ending && endOf(ending) === EMPTY_NODE) return EMPTY_NODE;
    const longer = alike.filter((text) => text !== ending);
    const nodes = [...groupBy(longer, (text) => text[at]).values()].map((group) => build(group, at, depth));
    if (ending) nodes.push(endOf(ending));
    return nodes.length === 1 ? nodes[0]! : { type: ALTERNATE, nodes };
  }

  function rest(text: readonly string[], from: number): Node {
    return sequence(text.slice(from), endOf(text));
  }

  function endOf(text: readonly string[]): Node {
    return bounded && isWord(text.at(-1)!) ? BOUNDARY : EMPTY_NODE;
  }

  /** One after the other, and what follows them. */
  function sequence(text: readonly string[], end: Node): Node {
    const nodes = text.map(characterNode);
    if (end !== EMPTY_NODE) nodes.push(end);
    return concat(nodes);
  }

  function characterNode(character: string): Node {
    let node = characters.get(character);
    if (!node) {
      const codePoint = character.codePointAt(0)!;
      node = classNode([codePoint, codePoint]);
      if (lowered) node = undoLowerCase(node);
      characters.set(character, node);
    }
    return node;
  }
}

function isWord(character: string): boolean {
  return /^\w$/.test(character);
}
