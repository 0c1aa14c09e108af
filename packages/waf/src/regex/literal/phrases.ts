import { EMPTY, type Node } from '../syntax/ast.ts';
import { undoLowerCase } from '../syntax/lower-case.ts';

/** Beyond this many branchings on the way, phrases stand side by side, so that a tree is never too deep to walk. */
const MAX_DEPTH = 100;

const WORD_BOUNDARY: Node = { type: 'look', look: 'wordBoundary' };

/**
 * The tree that matches where one of the phrases stands. Those that begin alike share their beginning, so that an
 * automaton has few ways to follow. With `bounded`, a phrase must not begin or end within a word of ASCII letters,
 * digits and underscores. With `lowered`, it matches where they stand in the text in lower case. Empty phrases are
 * nowhere.
 */
export function phrasesTree(phrases: readonly string[], bounded: boolean, lowered: boolean): Node {
  const texts = [...new Set(phrases)].filter((phrase) => phrase !== '').map((phrase) => [...phrase]);
  const builder = new TrieBuilder(bounded, lowered);
  if (!bounded) return builder.build(texts, 0, 0);
  const inWord = texts.filter((text) => isWord(text[0]!));
  const others = texts.filter((text) => !isWord(text[0]!));
  const afterBoundary: Node = { type: 'concat', nodes: [WORD_BOUNDARY, builder.build(inWord, 0, 0)] };
  if (others.length === 0) return afterBoundary;
  const anywhere = builder.build(others, 0, 0);
  return inWord.length === 0 ? anywhere : { type: 'alternate', nodes: [afterBoundary, anywhere] };
}

/** Matches nothing. */
const NOWHERE: Node = { type: 'class', set: [] };

class TrieBuilder {
  readonly #bounded: boolean;
  readonly #lowered: boolean;
  readonly #characters = new Map<string, Node>();

  constructor(bounded: boolean, lowered: boolean) {
    this.#bounded = bounded;
    this.#lowered = lowered;
  }

  /** The rest from `from` on of texts that agree up to there. */
  build(texts: readonly string[][], from: number, depth: number): Node {
    if (texts.length === 0) return NOWHERE;
    if (texts.length === 1) return this.#rest(texts[0]!, from);
    if (depth > MAX_DEPTH) return { type: 'alternate', nodes: texts.map((text) => this.#rest(text, from)) };
    let end = from;
    const [first] = texts;
    while (texts.every((text) => end < text.length && text[end] === first![end])) end++;
    const shared = first!.slice(from, end).map((character) => this.#character(character));
    const branches = this.#branches(texts, end, depth + 1);
    if (branches === EMPTY && shared.length > 0) return concat(shared);
    return concat([...shared, branches]);
  }

  #branches(texts: readonly string[][], at: number, depth: number): Node {
    const groups = new Map<string, string[][]>();
    let ending: string[] | undefined;
    for (const text of texts) {
      const character = text[at];
      if (character === undefined) ending = text;
      else if (groups.has(character)) groups.get(character)!.push(text);
      else groups.set(character, [text]);
    }
    // Where a phrase ends for certain, longer ones tell nothing new.
    if (ending !== undefined && this.#end(ending) === EMPTY) return EMPTY;
    const nodes = [...groups.values()].map((group) => this.build(group, at, depth));
    if (ending !== undefined) nodes.push(this.#end(ending));
    return nodes.length === 1 ? nodes[0]! : { type: 'alternate', nodes };
  }

  #rest(text: readonly string[], from: number): Node {
    const nodes = text.slice(from).map((character) => this.#character(character));
    const end = this.#end(text);
    if (end !== EMPTY) nodes.push(end);
    return concat(nodes);
  }

  #end(text: readonly string[]): Node {
    return this.#bounded && isWord(text[text.length - 1]!) ? WORD_BOUNDARY : EMPTY;
  }

  #character(character: string): Node {
    let node = this.#characters.get(character);
    if (node === undefined) {
      const codePoint = character.codePointAt(0)!;
      const single: Node = { type: 'class', set: [codePoint, codePoint] };
      node = this.#lowered ? undoLowerCase(single) : single;
      this.#characters.set(character, node);
    }
    return node;
  }
}

function concat(nodes: readonly Node[]): Node {
  if (nodes.length === 0) return EMPTY;
  return nodes.length === 1 ? nodes[0]! : { type: 'concat', nodes };
}

function isWord(character: string): boolean {
  return /^\w$/.test(character);
}
