import { decodeUtf8, hexNumber } from './utf8.ts';

/**
 * One round of percent-decoding: `%XX` runs are read as UTF-8, `+` becomes a space, and with `wide` also the
 * `%uXXXX` of IIS is decoded. Malformed escapes stay.
 */
export function percentDecode(text: string, wide: boolean): string {
  if (!text.includes('%')) return text.includes('+') ? text.replaceAll('+', ' ') : text;
  let out = '';
  for (let i = 0; i < text.length; ) {
    const unit = text[i]!;
    if (unit === '+') {
      out += ' ';
      i++;
      continue;
    }
    if (unit === '%') {
      const bytes: number[] = [];
      while (text[i] === '%') {
        const byte = hexNumber(text, i + 1, 2);
        if (byte < 0) break;
        bytes.push(byte);
        i += 3;
      }
      if (bytes.length > 0) {
        out += decodeUtf8(bytes);
        continue;
      }
      const wideUnit = wide && (text[i + 1] === 'u' || text[i + 1] === 'U') ? hexNumber(text, i + 2, 4) : -1;
      if (wideUnit >= 0) {
        out += String.fromCharCode(wideUnit);
        i += 6;
        continue;
      }
    }
    out += unit;
    i++;
  }
  return out;
}
