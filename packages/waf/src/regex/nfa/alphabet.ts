/**
 * The alphabet of an automaton: code points that no class of the pattern tells apart are one symbol. A pattern rarely
 * distinguishes more than a few dozen of the 1,114,112 code points, so a row of its transition table stays short.
 *
 * Symbols are of whole code points, surrogate pairs included, so a class stays one instruction however far it reaches,
 * and a lone surrogate is a code point like any other.
 */
import { type CodePointSet, includes, lastAtMost, NEWLINE, WORD } from '../syntax/code-point-set.ts';
import { SIDE_EDGE, SIDE_NEWLINE, SIDE_WORD } from './look.ts';

export interface Alphabet {
  /** The symbol after the last code point. Those before it, from 0 on, stand for code points. */
  readonly endOfText: number;
  /** The symbol of a UTF-16 unit that may begin a pair; nothing ever steps over it. */
  readonly highSurrogate: number;
  /** What an assertion sees of each symbol, the end of the text included. */
  readonly sides: Uint8Array;
  symbolOf(codePoint: number): number;
  /** Whether all code points from first to last are known to be one symbol. */
  isUniform(first: number, last: number): boolean;
}

/** Cells partition all code points: cell i begins at starts[i], ends before starts[i + 1] and is symbols[i]. */
function alphabetOf(starts: Int32Array, symbols: Int32Array, endOfText: number): Alphabet {
  const sides = new Uint8Array(endOfText + 1);
  sides[endOfText] = SIDE_EDGE;
  for (const [cell, start] of starts.entries()) {
    if (includes(WORD, start)) sides[symbols[cell]!] = SIDE_WORD;
    else if (includes(NEWLINE, start)) sides[symbols[cell]!] = SIDE_NEWLINE;
  }
  return {
    endOfText,
    highSurrogate: endOfText + 1,
    sides,
    symbolOf: (codePoint) => symbols[lastAtMost(starts, codePoint)]!,
    isUniform: (first, last) => !(starts[lastAtMost(starts, first) + 1]! <= last),
  };
}

export interface Partition {
  readonly alphabet: Alphabet;
  /** For each set, by symbol, 1 if the symbol belongs to it. */
  readonly members: readonly Uint8Array[];
}

/** Splits the code points into the coarsest symbols that every set is a union of. */
export function partition(sets: readonly CodePointSet[]): Partition {
  const starts = cellStarts(sets);
  const cellAt = new Map([...starts].map((start, cell) => [start, cell]));
  const forEachCell = (set: CodePointSet, visit: (cell: number) => void) => {
    for (let i = 0; i < set.length; i += 2) {
      const end = cellAt.get(set[i + 1]! + 1) ?? starts.length;
      for (let cell = cellAt.get(set[i]!)!; cell < end; cell++) visit(cell);
    }
  };
  const symbols = new Int32Array(starts.length);
  let symbolCount = 1;
  for (const set of sets) {
    const split = new Map<number, number>();
    forEachCell(set, (cell) => {
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
    forEachCell(set, (cell) => {
      membership[symbols[cell]!] = 1;
    });
    return membership;
  });
  return { alphabet: alphabetOf(starts, symbols, size), members };
}

function cellStarts(sets: readonly CodePointSet[]): Int32Array {
  const starts = new Set([0]);
  for (const set of sets) {
    // A set's bounds are by turns where a range begins and the last before where something else does.
    for (let i = 0; i < set.length; i++) starts.add(set[i]! + (i & 1));
  }
  starts.delete(0x110000);
  return Int32Array.from(starts).sort();
}

/** The characters of most texts. */
const COMMON = ' etaoinsrhldcumfpgwybvkxjqz0123456789-_./=&,:';

/**
 * Numbers the symbols without gaps; returns how many there are. Those of common characters come first, so that they lie
 * together in a row of the transition table, and a processor has most of what it needs in one line of its cache.
 */
function renumber(starts: Int32Array, symbols: Int32Array): number {
  const numbers = new Map<number, number>();
  const numberOf = (symbol: number) => {
    if (!numbers.has(symbol)) numbers.set(symbol, numbers.size);
    return numbers.get(symbol)!;
  };
  for (const character of COMMON) numberOf(symbols[lastAtMost(starts, character.charCodeAt(0))]!);
  for (const [cell, symbol] of symbols.entries()) symbols[cell] = numberOf(symbol);
  return numbers.size;
}
