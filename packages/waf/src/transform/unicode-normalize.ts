import type { Transformer } from './transformer.ts';
import { UnitBuffer } from './unit-buffer.ts';
import { isSurrogate } from './utf8.ts';

/** Characters that look like an ASCII one and that compatibility decomposition leaves alone (utf8proc's lump table). */
const LOOKALIKES: readonly [RegExp, string][] = [
  [/[\p{Zs}]/u, ' '],
  [/[\u2018\u2019\u02bc\u02c8]/u, "'"],
  [/[\p{Pd}\u2212]/u, '-'],
  [/[\u2044\u2215]/u, '/'],
  [/\u2236/u, ':'],
  [/[\u2039\u2329\u3008]/u, '<'],
  [/[\u203a\u232a\u3009]/u, '>'],
  [/\u2216/u, '\\'],
  [/[\u02c4\u02c6\u2038\u2303]/u, '^'],
  [/[\p{Pc}\u02cd]/u, '_'],
  [/\u02cb/u, '`'],
  [/\u2223/u, '|'],
  [/\u223c/u, '~'],
];

/** Of what expressions need, all that becomes it. */
const SOURCES: Readonly<Record<string, string>> = {
  $: '\ufe69\uff04\u{e0024}',
  '{': '\ufe37\ufe5b\uff5b\u{e007b}',
  '}': '\ufe38\ufe5c\uff5d\u{e007d}',
  '|': '\u2223\u2224\uff5c\u{e007c}',
  '\\': '\u2216\ufe68\uff3c\u{e005c}',
};

const ZERO_WIDTH_JOINER = '\u200d';
const DROPPED = /[\p{M}\p{Default_Ignorable_Code_Point}\p{Cn}]/u;

/**
 * unicode_normalize: compatibility decomposition (NFKD, Unicode Standard Annex 15) without marks and ignorable
 * characters, with look-alikes of ASCII characters replaced and letters folded within their case. Zero-width joiners
 * stay, for emojis; the invisible tag characters (U+E0020 to U+E007E) become the ASCII that they mirror; half a surrogate
 * pair becomes U+FFFD, as it does wherever text is encoded.
 *
 * Example: `ｓéｌｅｃｔ ﬁ ß` → `select fi ss`.
 */
export const unicodeNormalize: Transformer = {
  name: 'unicode_normalize',
  changes: '[^\\x00-\\x7f]',
  sources: (character) => SOURCES[character],
  apply(text) {
    const first = text.search(/[^\x00-\x7f]/);
    return first < 0 ? text : normalizeFrom(text, first);
  },
};

/** What a unit becomes, if that is one unit: by the unit, 0 where it isn't known or is something else. */
let single: Uint16Array | undefined;
/** The others that were met: texts use few different characters, and each takes a dozen look-ups in Unicode's tables. */
const others = new Map<string, string>();
const MAX_OTHERS = 2048;

function normalizeFrom(text: string, first: number): string {
  single ??= new Uint16Array(0x10000);
  const units = new UnitBuffer(text.length);
  let changed = false;
  for (let i = first; i < text.length; i = units.pushAscii(text, i)) {
    const unit = text.charCodeAt(i);
    const known = single[unit]!;
    if (known !== 0) {
      units.push(known);
      changed ||= known !== unit;
      i++;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(i)!);
    const normalized = normalizeOther(character);
    if (character.length === 1 && normalized.length === 1 && !isSurrogate(unit)) {
      single[unit] = normalized.charCodeAt(0);
    }
    for (let k = 0; k < normalized.length; k++) units.push(normalized.charCodeAt(k));
    changed ||= normalized !== character;
    i += character.length;
  }
  return changed ? text.slice(0, first) + units.toString() : text;
}

function normalizeOther(character: string): string {
  let normalized = others.get(character);
  if (normalized === undefined) {
    normalized = normalizeCharacter(character);
    if (others.size < MAX_OTHERS) others.set(character, normalized);
  }
  return normalized;
}

function normalizeCharacter(character: string): string {
  if (character === ZERO_WIDTH_JOINER) return character;
  const codePoint = character.codePointAt(0)!;
  if (codePoint >= 0xe0000 && codePoint <= 0xe007f) return String.fromCharCode(codePoint - 0xe0000);
  if (isSurrogate(codePoint)) return '\ufffd';
  const restoreCase = caseOf(character);
  let out = '';
  for (const part of character.normalize('NFKD')) {
    if (!DROPPED.test(part)) out += restoreCase(lookalike(part));
  }
  return out;
}

function lookalike(character: string): string {
  if (character < '\x80') return character;
  return LOOKALIKES.find(([pattern]) => pattern.test(character))?.[1] ?? character;
}

/**
 * Folds letters and puts them back into the case of the character that they come from; the trip through the other
 * case reaches letters that decomposition leaves, such as ß and ı. What has no case folds to lower case.
 */
function caseOf(character: string): (part: string) => string {
  if (/\p{Lu}/u.test(character)) return (part) => part.toLowerCase().toUpperCase();
  return (part) => part.toUpperCase().toLowerCase();
}
