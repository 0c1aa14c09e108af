import type { Alphabet } from './alphabet.ts';

/**
 * The symbol of every UTF-16 unit, looked up in two steps: by its page of 256 and its place there,
 * `pages[pageOf[unit >> 8] << 8 | unit & 255]`; below 256, `pages[unit]`. Equal pages are stored once, so a table takes
 * a few kilobytes. High surrogates have the symbol that no transition is stored for: that is where a search stops to
 * read the pair as one code point.
 *
 * Above its symbol (`SYMBOL_BITS`) an entry has the marks of the unit, one bit for each set of characters that someone
 * wants to know of whether an input has any: or-ing the entries on the way costs a search next to nothing.
 */
export interface UnitTable {
  readonly pages: Int32Array;
  readonly pageOf: Uint8Array;
}

/** An automaton with more symbols than this has lost the sense of having them. */
export const SYMBOL_BITS = 16;
export const SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;
/** How many sets of characters can be marked. */
export const MAX_MARKS = 31 - SYMBOL_BITS;

const PAGE = 256;
const PAGES = 256;
const FIRST_HIGH_SURROGATE_PAGE = 0xd8;
const LAST_HIGH_SURROGATE_PAGE = 0xdb;

/** `marks` are the marks of each symbol. */
export function buildUnitTable(alphabet: Alphabet, marks: Uint16Array): UnitTable {
  const pages: number[] = [];
  const uniformPages = new Map<number, number>();
  const pageOf = Uint8Array.from({ length: PAGES }, (_, page) => {
    const symbol = symbolOfWholePage(alphabet, page);
    const known = symbol === undefined ? undefined : uniformPages.get(symbol);
    if (known !== undefined) return known;
    const index = pages.length / PAGE;
    if (symbol !== undefined) uniformPages.set(symbol, index);
    for (let place = 0; place < PAGE; place++) {
      const own = symbol ?? alphabet.symbolOf(page * PAGE + place);
      pages.push(own | ((marks[own] ?? 0) << SYMBOL_BITS));
    }
    return index;
  });
  return { pages: Int32Array.from(pages), pageOf };
}

function symbolOfWholePage(alphabet: Alphabet, page: number): number | undefined {
  if (page >= FIRST_HIGH_SURROGATE_PAGE && page <= LAST_HIGH_SURROGATE_PAGE) return alphabet.highSurrogate;
  const first = page * PAGE;
  return alphabet.isUniform(first, first + PAGE - 1) ? alphabet.symbolOf(first) : undefined;
}
