import { PERCENT_DECODING, percentDecode } from './percent-decoding.ts';
import type { Transformer } from './transformer.ts';

/**
 * url_decode: decodes `%XX` once and turns `+` into a space.
 *
 * Example: `a%3Db+c` → `a=b c`.
 */
export const urlDecode: Transformer = {
  name: 'url_decode',
  ...PERCENT_DECODING,
  apply: (text) => percentDecode(text, false),
};
