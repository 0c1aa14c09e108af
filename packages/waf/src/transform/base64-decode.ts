import { BASE64_ALPHABET, base64Decoder } from './base64-alphabet.ts';
import type { Transformer } from './transformer.ts';

/**
 * base64_decode: decodes a string that is Base64 as a whole; any other string stays.
 *
 * Example: `PHNjcmlwdD4=` → `<script>`.
 */
export const base64Decode: Transformer = {
  name: 'base64_decode',
  apply: base64Decoder(BASE64_ALPHABET),
};
