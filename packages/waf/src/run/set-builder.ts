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

/** What terms require: working it out takes as long as parsing, and each update of a list of addresses asks again. */
const required = new WeakMap<SearchTerm, { readonly characters: CodePointSet | undefined }>();

function requiredBy(term: SearchTerm): CodePointSet | undefined {
  let known = required.get(term);
  if (!known) {
    known = { characters: term.required() };
    required.set(term, known);
  }
  return known.characters;
}

/** Collects what one set must look for; each thing once, whoever asks. */
export type SetBuilder = ReturnType<typeof setBuilder>;

export function setBuilder() {
  const terms = new Map<string, { index: number; tree: () => Node; test: Test }>();
  const marked = new Map<string, CodePointSet>();
  const expressions = new Map<string, Node>();

  return {
    /** The index in the set of a term, which is to match what it matches in lower case if `lowered`. */
    patternOf({ key, tree, test }: SearchTerm, lowered: boolean): number {
      const name = termName(key, lowered);
      let term = terms.get(name);
      if (!term) {
        term = { index: terms.size, tree: () => tree(lowered), test: asSearched(test, lowered) };
        terms.set(name, term);
      }
      return term.index;
    },

    /** The bits of the signs that one of the expressions matches; undefined if a set can't have so many signs. */
    signsOf(sources: readonly string[]): number | undefined {
      let signs = 0;
      for (const source of sources) {
        const root = parse(source, { ...REGEX_LIMITS, caseSensitive: true });
        for (const node of root.type === ALTERNATE ? root.nodes : [root]) {
          const sign = node.type === CLASS ? markOf(node.set) : bitOf(expressions, node, SYMBOL_BITS);
          if (sign === undefined) return undefined;
          signs |= sign;
        }
      }
      return signs;
    },

    /** Rare characters of which whatever such a term matches has at least one. */
    requiredBy(term: SearchTerm, lowered: boolean): CodePointSet | undefined {
      const characters = requiredBy(term);
      return characters && lowered ? withUpperCase(characters) : characters;
    },

    markOf,

    finish(): SetSource {
      const all = [...terms.values()];
      const signs = { marked: [...marked.values()], expressions: [...expressions.values()] };
      return {
        key: JSON.stringify([[...terms.keys()], signs]),
        size: all.length,
        signs,
        trees: () => all.map(({ tree }) => tree()),
        alone: all.map(({ test }) => test),
      };
    },
  };

  /** The bit of the sign that a text has one of these characters; undefined if a set can't have so many signs. */
  function markOf(characters: CodePointSet): number | undefined {
    const bit = bitOf(marked, characters, MAX_MARKS);
    return bit === undefined ? undefined : bit << SYMBOL_BITS;
  }
}

/** A test of texts that aren't lower-cased yet, if what is looked for was `lowered` instead. */
export function asSearched(test: Test, lowered: boolean): Test {
  return lowered ? (text) => test(lowercase.apply(text)) : test;
}

function termName(key: string, lowered: boolean): string {
  return `${lowered ? 'lower' : 'as is'} ${key}`;
}

/** The bit of an item by the order in which items came; undefined if there is room for no more. */
function bitOf<T>(items: Map<string, T>, item: T, room: number): number | undefined {
  const key = JSON.stringify(item);
  const known = [...items.keys()].indexOf(key);
  if (known >= 0) return 1 << known;
  if (items.size === room) return undefined;
  items.set(key, item);
  return 1 << (items.size - 1);
}
