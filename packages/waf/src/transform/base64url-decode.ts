import { BASE64URL_ALPHABET, base64Decoder } from './base64-alphabet.ts';
import type { Transformer } from './transformer.ts';

/**
 * base64url_decode: like base64_decode, with the URL-safe alphabet (`-` and `_`).
 *
 * Example: `PDw_Pz4-` → `<<??>>`.
 */
export const base64urlDecode: Transformer = {
  name: 'base64url_decode',
  apply: base64Decoder(BASE64URL_ALPHABET),
};
