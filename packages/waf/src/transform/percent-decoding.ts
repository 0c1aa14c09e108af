import { decodeUtf8, parseHex } from './utf8.ts';

const ESCAPES = /(?:%[0-9a-f]{2})+/gi;
const ESCAPES_WIDE = /(?:%[0-9a-f]{2})+|%u[0-9a-f]{4}/gi;

/** What transformers have in common that decode percent signs. */
export const PERCENT_DECODING = {
  changes: '[+%]',
  sources: (character: string) => (character === ' ' ? '+%' : '%'),
} as const;

/**
 * One round of percent-decoding: `%XX` runs are read as UTF-8, `+` becomes a space, and with `wide` also the
 * `%uXXXX` of IIS is decoded. Malformed escapes stay.
 */
export function percentDecode(text: string, wide: boolean): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? spaced.replace(wide ? ESCAPES_WIDE : ESCAPES, decode) : spaced;
}

function decode(escapes: string): string {
  if ((escapes.charCodeAt(1) | 0x20) === 0x75) return String.fromCharCode(parseHex(escapes.slice(2)));
  const bytes: number[] = [];
  for (let i = 1; i < escapes.length; i += 3) bytes.push(parseHex(escapes.slice(i, i + 2)));
  return decodeUtf8(bytes);
}
