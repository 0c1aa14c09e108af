/**
 * The alphabet of an automaton: code points that no class of the pattern tells apart are one symbol. A pattern rarely
 * distinguishes more than a few dozen of the 1,114,112 code points, so a row of its transition table stays short.
 *
 * Symbols are of whole code points, surrogate pairs included, so a class stays one instruction however far it reaches,
 * and a lone surrogate is a code point like any other.
 */
import { type CodePointSet, includes, NEWLINE, WORD } from '../syntax/code-point-set.ts';
import { SIDE_EDGE, SIDE_NEWLINE, SIDE_WORD } from './look.ts';

export class Alphabet {
  /** Symbols that stand for code points: 0 to size - 1. */
  readonly size: number;
  /** The symbol after the last code point. */
  readonly endOfText: number;
  /** The symbol of a UTF-16 unit that may begin a pair; nothing ever steps over it. */
  readonly highSurrogate: number;
  /** What an assertion sees of each symbol, the end of the text included. */
  readonly sides: Uint8Array;
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
  }

  symbolOf(codePoint: number): number {
    return this.#symbols[cellOf(this.#starts, codePoint)]!;
  }

  /** Whether all code points from first to last are known to be one symbol. */
  isUniform(first: number, last: number): boolean {
    const following = this.#starts[cellOf(this.#starts, first) + 1];
    return following === undefined || following > last;
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
  const size = renumber(starts, symbols);
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

/** The characters of most texts. */
const COMMON = ' etaoinsrhldcumfpgwybvkxjqz0123456789-_./=&,:';

/**
 * Numbers the symbols without gaps; returns how many there are. Those of common characters come first, so that they lie
 * together in a row of the transition table, and a processor has most of what it needs in one line of its cache.
 */
function renumber(starts: Int32Array, symbols: Int32Array): number {
  const numbers = new Map<number, number>();
  for (const character of COMMON) {
    const symbol = symbols[cellOf(starts, character.charCodeAt(0))]!;
    if (!numbers.has(symbol)) numbers.set(symbol, numbers.size);
  }
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

/** The last cell that begins at or before a code point. */
function cellOf(starts: Int32Array, codePoint: number): number {
  let lo = 0;
  let hi = starts.length - 1;
  while (lo < hi) {
    const middle = (lo + hi + 1) >> 1;
    if (starts[middle]! <= codePoint) lo = middle;
    else hi = middle - 1;
  }
  return lo;
}
