import { BASE64_ALPHABET } from './base64-alphabet.ts';
import type { Transformer } from './transformer.ts';
import { encodeUtf8 } from './utf8.ts';

/**
 * base64_encode: encodes the UTF-8 bytes of a string, with padding.
 *
 * Example: `<script>` → `PHNjcmlwdD4=`.
 */
export const base64Encode: Transformer = {
  name: 'base64_encode',
  apply(text) {
    const bytes = encodeUtf8(text);
    let out = '';
    for (let i = 0; i < bytes.length; i += 3) {
      const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      const known = Math.min(bytes.length - i, 3) + 1;
      for (let k = 0; k < 4; k++) out += k < known ? BASE64_ALPHABET[(group >> (18 - 6 * k)) & 0x3f] : '=';
    }
    return out;
  },
};
