/**
 * Unicode's general categories and scripts, for `\p{…}`. The tables are those of the JavaScript engine that runs this:
 * its own `\p{…}` is asked once about every code point, and the answer is kept.
 */
import { ANY, type CodePointSet, MAX_CODE_POINT } from './code-point-set.ts';

/** What may be a general category by its short name; Yi is a script, and RE2 does not know the two others. */
const GENERAL_CATEGORY = /^(?!Cn|LC|Yi)..?$/;

/** RE2 leaves unassigned code points out of C. */
const OTHER = '[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]';

const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
const CHUNK = 0x1000;

const cache = new Map<string, CodePointSet>();

/** Takes a name as RE2 spells it (`Lu`, `Greek`, `Any`); returns undefined if the runtime knows none such. */
export function unicodeProperty(name: string): CodePointSet | undefined {
  if (name === 'Any') return ANY;
  let set = cache.get(name);
  if (!set) {
    const expression = propertyExpression(name);
    if (!expression) return undefined;
    set = codePointsMatching(expression, MAX_CODE_POINT);
    cache.set(name, set);
  }
  return set;
}

function propertyExpression(name: string): RegExp | undefined {
  if (!/^[A-Za-z_]+$/.test(name)) return undefined;
  const source = name === 'C' ? OTHER : `\\p{${GENERAL_CATEGORY.test(name) ? 'gc' : 'Script'}=${name}}`;
  try {
    return new RegExp(`(?:${source})+`, 'gu');
  } catch {
    return undefined;
  }
}

/**
 * The code points up to `last`, which is beyond the surrogates, that an expression of the form `(…)+` with flags `gu`
 * matches. Surrogates are asked about apart: in a string of all code points the last high and the first low would pair.
 */
export function codePointsMatching(expression: RegExp, last: number): CodePointSet {
  const set: number[] = [];
  scan(expression, 0, FIRST_SURROGATE - 1, set);
  expression.lastIndex = 0;
  if (expression.test('\ud800')) extend(set, FIRST_SURROGATE, LAST_SURROGATE);
  scan(expression, LAST_SURROGATE + 1, last, set);
  return set;
}

function scan(expression: RegExp, from: number, to: number, set: number[]): void {
  for (let start = from; start <= to; start += CHUNK) {
    const size = Math.min(CHUNK, to + 1 - start);
    const text = String.fromCodePoint(...new Uint32Array(size).map((_, place) => start + place));
    const unitsPerCodePoint = text.length / size;
    for (const match of text.matchAll(expression)) {
      const lo = start + match.index / unitsPerCodePoint;
      extend(set, lo, lo + match[0].length / unitsPerCodePoint - 1);
    }
  }
}

function extend(set: number[], lo: number, hi: number): void {
  if (set.length > 0 && set[set.length - 1] === lo - 1) set[set.length - 1] = hi;
  else set.push(lo, hi);
}
