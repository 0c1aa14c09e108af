import { PERCENT_DECODING, percentDecode } from './percent-decoding.ts';
import type { Transformer } from './transformer.ts';

/**
 * More than anyone nests by accident, and a bound: each round costs one pass, and a string can shrink by a third a
 * round for as many rounds as it has digits (`%25252525…`).
 */
const MAX_ROUNDS = 16;

/**
 * url_decode_iis: decodes `%XX` and the `%uXXXX` of IIS, again and again until nothing changes.
 *
 * Example: `%2527%u0020or` → `' or`.
 */
export const urlDecodeIis: Transformer = {
  name: 'url_decode_iis',
  ...PERCENT_DECODING,
  apply(text) {
    let current = text;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const next = percentDecode(current, true);
      if (next === current) break;
      current = next;
    }
    return current;
  },
};
