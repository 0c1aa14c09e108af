/**
 * The alphabet of an automaton: code points that no class of the pattern tells apart are one symbol. A pattern rarely
 * distinguishes more than a few dozen of the 1,114,112 code points, so a row of its transition table stays short.
 *
 * Input is read as UTF-16 units. A unit outside the surrogates is looked up in two steps, by its page of 256 and its
 * place there; equal pages are stored once, so the table takes a few kilobytes. A high surrogate has a symbol of its
 * own which no row has a transition for: that is where the search stops to read the pair as one code point. So a class
 * stays one instruction however far it reaches, and a lone surrogate is a code point like any other.
 */
import { type CodePointSet, includes, NEWLINE, WORD } from '../syntax/code-point-set.ts';
import { SIDE_EDGE, SIDE_NEWLINE, SIDE_WORD } from './look.ts';

const PAGE = 256;
const PAGES = 256;
const FIRST_HIGH_SURROGATE_PAGE = 0xd8;
const LAST_HIGH_SURROGATE_PAGE = 0xdb;

export class Alphabet {
  /** Symbols that stand for code points: 0 to size - 1. */
  readonly size: number;
  /** The symbol after the last code point. */
  readonly endOfText: number;
  /** The symbol of a unit that may begin a pair; it is never stepped on. */
  readonly highSurrogate: number;
  /** What an assertion sees of each symbol, the end of the text included. */
  readonly sides: Uint8Array;
  /** The first 256 entries are those of the units below 256. */
  readonly pages: Uint16Array;
  readonly pageOf: Uint8Array;
  readonly #starts: Int32Array;
  readonly #symbols: Int32Array;

  /** Cells partition all code points: cell i begins at starts[i], ends before starts[i + 1] and is symbols[i]. */
  constructor(starts: Int32Array, symbols: Int32Array, size: number) {
    this.#starts = starts;
    this.#symbols = symbols;
    this.size = size;
    this.endOfText = size;
    this.highSurrogate = size + 1;
    this.sides = new Uint8Array(size + 1);
    this.sides[this.endOfText] = SIDE_EDGE;
    for (let cell = 0; cell < starts.length; cell++) {
      if (includes(WORD, starts[cell]!)) this.sides[symbols[cell]!] = SIDE_WORD;
      else if (includes(NEWLINE, starts[cell]!)) this.sides[symbols[cell]!] = SIDE_NEWLINE;
    }
    const { pages, pageOf } = this.#buildPages();
    this.pages = pages;
    this.pageOf = pageOf;
  }

  symbolOf(codePoint: number): number {
    return this.#symbols[this.#cellOf(codePoint)]!;
  }

  #cellOf(codePoint: number): number {
    let lo = 0;
    let hi = this.#starts.length - 1;
    while (lo < hi) {
      const middle = (lo + hi + 1) >> 1;
      if (this.#starts[middle]! <= codePoint) lo = middle;
      else hi = middle - 1;
    }
    return lo;
  }

  #buildPages(): { pages: Uint16Array; pageOf: Uint8Array } {
    const stored: Uint16Array[] = [];
    const pageOf = new Uint8Array(PAGES);
    const uniform = new Map<number, number>();
    for (let page = 0; page < PAGES; page++) {
      const symbol = this.#symbolOfWholePage(page);
      let index = symbol === undefined ? undefined : uniform.get(symbol);
      if (index === undefined) {
        index = stored.length;
        stored.push(symbol === undefined ? this.#fillPage(page) : new Uint16Array(PAGE).fill(symbol));
        if (symbol !== undefined) uniform.set(symbol, index);
      }
      pageOf[page] = index;
    }
    const pages = new Uint16Array(stored.length * PAGE);
    for (const [index, page] of stored.entries()) pages.set(page, index * PAGE);
    return { pages, pageOf };
  }

  #symbolOfWholePage(page: number): number | undefined {
    if (page >= FIRST_HIGH_SURROGATE_PAGE && page <= LAST_HIGH_SURROGATE_PAGE) return this.highSurrogate;
    const cell = this.#cellOf(page * PAGE);
    const end = this.#starts[cell + 1] ?? Number.POSITIVE_INFINITY;
    return end >= (page + 1) * PAGE ? this.#symbols[cell] : undefined;
  }

  #fillPage(page: number): Uint16Array {
    const first = page * PAGE;
    const symbols = new Uint16Array(PAGE);
    let cell = this.#cellOf(first);
    for (let i = 0; i < PAGE; i++) {
      if (this.#starts[cell + 1] === first + i) cell++;
      symbols[i] = this.#symbols[cell]!;
    }
    return symbols;
  }
}

export interface Partition {
  readonly alphabet: Alphabet;
  /** For each set, by symbol, 1 if the symbol belongs to it. */
  readonly members: readonly Uint8Array[];
}

/** Splits the code points into the coarsest symbols that every set is a union of. */
export function partition(sets: readonly CodePointSet[]): Partition {
  const starts = cellStarts(sets);
  const cellAt = new Map<number, number>();
  for (const [cell, start] of starts.entries()) cellAt.set(start, cell);
  const symbols = new Int32Array(starts.length);
  let symbolCount = 1;
  for (const set of sets) {
    const split = new Map<number, number>();
    forEachCell(set, cellAt, starts.length, (cell) => {
      let symbol = split.get(symbols[cell]!);
      if (symbol === undefined) {
        symbol = symbolCount++;
        split.set(symbols[cell]!, symbol);
      }
      symbols[cell] = symbol;
    });
  }
  const size = renumber(symbols);
  const members = sets.map((set) => {
    const membership = new Uint8Array(size + 1);
    forEachCell(set, cellAt, starts.length, (cell) => {
      membership[symbols[cell]!] = 1;
    });
    return membership;
  });
  return { alphabet: new Alphabet(starts, symbols, size), members };
}

function cellStarts(sets: readonly CodePointSet[]): Int32Array {
  const starts = new Set([0]);
  for (const set of sets) {
    for (let i = 0; i < set.length; i += 2) {
      starts.add(set[i]!);
      starts.add(set[i + 1]! + 1);
    }
  }
  starts.delete(0x110000);
  return Int32Array.from(starts).sort();
}

function forEachCell(
  set: CodePointSet,
  cellAt: ReadonlyMap<number, number>,
  cellCount: number,
  visit: (cell: number) => void,
): void {
  for (let i = 0; i < set.length; i += 2) {
    const end = cellAt.get(set[i + 1]! + 1) ?? cellCount;
    for (let cell = cellAt.get(set[i]!)!; cell < end; cell++) visit(cell);
  }
}

/** Closes the gaps that splitting left in the numbering; returns how many symbols there are. */
function renumber(symbols: Int32Array): number {
  const numbers = new Map<number, number>();
  for (let cell = 0; cell < symbols.length; cell++) {
    let number = numbers.get(symbols[cell]!);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(symbols[cell]!, number);
    }
    symbols[cell] = number;
  }
  return numbers.size;
}
