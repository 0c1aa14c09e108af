import type { SearchTerm } from '../match/matcher.ts';
import {
  type CodePointSet,
  MAX_MARKS,
  type Node,
  parse,
  REGEX_LIMITS,
  SYMBOL_BITS,
  undoLowerCase,
} from '../regex/index.ts';

/** What a set of expressions is compiled from. */
export interface SetSource {
  /** Two sources with the same key give the same set. */
  readonly key: string;
  readonly size: number;
  /** Sets of characters that a scan tells of. */
  readonly marked: readonly CodePointSet[];
  trees(): Node[];
}

/** When transformers may change a text: what a scan finds in the text as it is. */
export interface TextChanges {
  /** The marks of characters that they change. */
  readonly marks: number;
  /** Patterns of the set for what they change that takes more than one character to see. */
  readonly patterns: readonly number[];
  /** Whether they may change any text. */
  readonly unforeseen: boolean;
}

/** Collects what one set must look for; each thing once, whoever asks. */
export class SetBuilder {
  readonly #patterns = new Map<string, { index: number; tree: () => Node }>();
  readonly #marks = new Map<string, { bit: number; set: CodePointSet }>();

  /** The index in the set of a term, which is to match what it matches in lower case if `lowered`. */
  patternOf({ key, tree }: SearchTerm, lowered: boolean): number {
    return this.#intern(
      `${lowered ? 'lower' : 'as is'} ${key}`,
      lowered ? () => undoLowerCase(tree()) : tree,
    );
  }

  /** What shows that one of the expressions matches. */
  changesOf(expressions: readonly string[], unforeseen: boolean): TextChanges {
    let marks = 0;
    const patterns: number[] = [];
    for (const expression of expressions) {
      const root = parse(expression, { ...REGEX_LIMITS, caseSensitive: true });
      for (const node of root.type === 'alternate' ? root.nodes : [root]) {
        const mark = node.type === 'class' ? this.#markOf(node.set) : undefined;
        if (mark !== undefined) marks |= mark;
        else patterns.push(this.#intern(`changes ${JSON.stringify(node)}`, () => node));
      }
    }
    return { marks, patterns, unforeseen };
  }

  finish(): SetSource {
    const patterns = [...this.#patterns.values()];
    const marked = [...this.#marks.values()].map(({ set }) => set);
    return {
      key: JSON.stringify([[...this.#patterns.keys()], marked]),
      size: patterns.length,
      marked,
      trees: () => patterns.map(({ tree }) => tree()),
    };
  }

  #intern(key: string, tree: () => Node): number {
    let pattern = this.#patterns.get(key);
    if (pattern === undefined) {
      pattern = { index: this.#patterns.size, tree };
      this.#patterns.set(key, pattern);
    }
    return pattern.index;
  }

  /** The mark of a set of characters, or undefined if there are too many sets. */
  #markOf(set: CodePointSet): number | undefined {
    const key = set.join();
    let mark = this.#marks.get(key);
    if (mark === undefined) {
      if (this.#marks.size === MAX_MARKS) return undefined;
      mark = { bit: 1 << (SYMBOL_BITS + this.#marks.size), set };
      this.#marks.set(key, mark);
    }
    return mark.bit;
  }
}
