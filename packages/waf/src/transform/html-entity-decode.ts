import type { Transformer } from './transformer.ts';
import { codePointText, parseHex } from './utf8.ts';

const NAMED = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', nbsp: '\u00a0' }));

/**
 * html_entity_decode: decodes `&#x41;` and `&#65;` (the semicolon is optional, as in browsers) and the names lt, gt,
 * amp, quot and nbsp in any case (with the semicolon). Other references stay.
 *
 * Example: `&lt;img src=x onerror&#61;alert(1)&gt;` → `<img src=x onerror=alert(1)>`.
 */
export const htmlEntityDecode: Transformer = {
  name: 'html_entity_decode',
  changes: '&#|&[a-zA-Z]{2,4};',
  sources: () => '&',
  apply: (text) =>
    !text.includes('&')
      ? text
      : text.replace(
          /&(?:#(?:x([\da-f]+)|(\d+));?|([a-z]{2,4});)/gi,
          (reference, hex?: string, decimal?: string, name = '') => {
            if (hex) return codePointText(parseHex(hex));
            if (decimal) return codePointText(Number(decimal));
            return NAMED.get(name.toLowerCase()) ?? reference;
          },
        ),
};
