import { decodeUtf8 } from './utf8.ts';

const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** RFC 4648, section 4. */
export const BASE64_ALPHABET = `${COMMON}+/`;
/** RFC 4648, section 5. */
export const BASE64URL_ALPHABET = `${COMMON}-_`;

/**
 * A decoder for one alphabet. It decodes only what is Base64 from end to end (padding may be missing); anything else
 * comes back unchanged. A last group of one character, of which six bits are known, gives a byte too, as ModSecurity
 * does; trailing NUL bytes of an incomplete group are left out.
 */
export function base64Decoder(alphabet: string): (text: string) => string {
  const values = new Map([...alphabet].map((character, value) => [character.charCodeAt(0), value]));

  return (text) => {
    const end = text.length - (/={1,3}$/.exec(text.slice(-4))?.[0].length ?? 0);
    if (text.length - end > 4 - (end % 4)) return text;
    const bytes: number[] = [];
    let group = 0;
    let count = 0;
    for (let i = 0; i < end; i++) {
      const value = values.get(text.charCodeAt(i));
      if (value === undefined) return text;
      group = (group << 6) | value;
      if (++count < 4) continue;
      bytes.push(group >> 16, (group >> 8) & 0xff, group & 0xff);
      group = 0;
      count = 0;
    }
    if (count > 0) {
      group <<= 6 * (4 - count);
      const second = (group >> 8) & 0xff;
      const third = group & 0xff;
      bytes.push(group >> 16);
      if (count > 1 && (second !== 0 || third !== 0)) bytes.push(second);
      if (count > 2 && third !== 0) bytes.push(third);
    }
    return decodeUtf8(bytes);
  };
}
