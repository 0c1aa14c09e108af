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
    let pending = 0;
    let bits = 0;
    for (let i = 0; i < end; i++) {
      const value = values.get(text.charCodeAt(i));
      if (value === undefined) return text;
      pending = (pending << 6) | value;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      bytes.push((pending >> bits) & 0xff);
    }
    if (bits > 0) bytes.push((pending << (8 - bits)) & 0xff);
    const known = (end >> 2) * 3 + 1;
    while (bytes.length > known && end % 4 > 0 && bytes[bytes.length - 1] === 0) bytes.pop();
    return decodeUtf8(bytes);
  };
}
