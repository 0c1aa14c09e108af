import type { SearchTerm } from '../match/matcher.ts';
import {
  ALTERNATE,
  CLASS,
  type CodePointSet,
  MAX_MARKS,
  type Node,
  parse,
  REGEX_LIMITS,
  type Signs,
  SYMBOL_BITS,
  type Test,
  withUpperCase,
} from '../regex/index.ts';
import { lowercase } from '../transform/lowercase.ts';

/** What a set of expressions is compiled from. */
export interface SetSource {
  /** Two sources with the same key give the same set. */
  readonly key: string;
  readonly size: number;
  readonly signs: Signs;
  trees(): Node[];
  /** Each looked for alone. */
  readonly alone: readonly Test[];
}

/** Collects what one set must look for; each thing once, whoever asks. */
export class SetBuilder {
  readonly #terms = new Map<string, { index: number; tree: () => Node; test: Test }>();
  readonly #marked = new Map<string, CodePointSet>();
  readonly #expressions = new Map<string, Node>();
  readonly #required = new Map<string, CodePointSet | undefined>();

  /** The index in the set of a term, which is to match what it matches in lower case if `lowered`. */
  patternOf({ key, tree, test }: SearchTerm, lowered: boolean): number {
    const name = termName(key, lowered);
    let term = this.#terms.get(name);
    if (term === undefined) {
      term = {
        index: this.#terms.size,
        tree: () => tree(lowered),
        test: asSearched(test, lowered),
      };
      this.#terms.set(name, term);
    }
    return term.index;
  }

  /** The bits of the signs that one of the expressions matches; undefined if a set can't have so many signs. */
  signsOf(expressions: readonly string[]): number | undefined {
    let signs = 0;
    for (const expression of expressions) {
      const root = parse(expression, { ...REGEX_LIMITS, caseSensitive: true });
      for (const node of root.type === ALTERNATE ? root.nodes : [root]) {
        const bit =
          node.type === CLASS
            ? SYMBOL_BITS + place(this.#marked, node.set, MAX_MARKS)
            : place(this.#expressions, node, SYMBOL_BITS);
        if (Number.isNaN(bit)) return undefined;
        signs |= 1 << bit;
      }
    }
    return signs;
  }

  /** Rare characters of which whatever such a term matches has at least one. */
  requiredBy({ key, required }: SearchTerm, lowered: boolean): CodePointSet | undefined {
    const name = termName(key, lowered);
    if (!this.#required.has(name)) {
      const characters = required();
      this.#required.set(name, characters !== undefined && lowered ? withUpperCase(characters) : characters);
    }
    return this.#required.get(name);
  }

  /** The bit of the sign that a text has one of these characters; undefined if a set can't have so many signs. */
  markOf(characters: CodePointSet): number | undefined {
    const bit = SYMBOL_BITS + place(this.#marked, characters, MAX_MARKS);
    return Number.isNaN(bit) ? undefined : 1 << bit;
  }

  finish(): SetSource {
    const terms = [...this.#terms.values()];
    const signs = { marked: [...this.#marked.values()], expressions: [...this.#expressions.values()] };
    return {
      key: JSON.stringify([[...this.#terms.keys()], signs]),
      size: terms.length,
      signs,
      trees: () => terms.map(({ tree }) => tree()),
      alone: terms.map(({ test }) => test),
    };
  }
}

/** A test of texts that aren't lower-cased yet, if what is looked for was `lowered` instead. */
export function asSearched(test: Test, lowered: boolean): Test {
  return lowered ? (text) => test(lowercase.apply(text)) : test;
}

function termName(key: string, lowered: boolean): string {
  return `${lowered ? 'lower' : 'as is'} ${key}`;
}

/** The place of an item in the order in which items came, or NaN if there is room for no more. */
function place<T>(items: Map<string, T>, item: T, room: number): number {
  const key = JSON.stringify(item);
  const known = [...items.keys()].indexOf(key);
  if (known >= 0) return known;
  if (items.size === room) return Number.NaN;
  items.set(key, item);
  return items.size - 1;
}
