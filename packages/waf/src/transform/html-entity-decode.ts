import type { Transformer } from './transformer.ts';
import { codePointText } from './utf8.ts';

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: '\u00a0' };

/**
 * html_entity_decode: decodes `&#x41;` and `&#65;` (the semicolon is optional, as in browsers) and the names lt, gt,
 * amp, quot and nbsp in any case (with the semicolon). Other references stay.
 *
 * Example: `&lt;img src=x onerror&#61;alert(1)&gt;` → `<img src=x onerror=alert(1)>`.
 */
export const htmlEntityDecode: Transformer = {
  name: 'html_entity_decode',
  aliases: ['htmlEntityDecode'],
  changes: '&#|&[a-zA-Z]{2,4};',
  sources: () => '&',
  apply(text) {
    if (!text.includes('&')) return text;
    return text.replace(
      /&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?|([a-zA-Z]{2,4});)/g,
      (reference, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
        if (hex !== undefined) return codePointText(Number.parseInt(hex, 16));
        if (decimal !== undefined) return codePointText(Number.parseInt(decimal, 10));
        const key = name!.toLowerCase();
        return Object.hasOwn(NAMED, key) ? NAMED[key]! : reference;
      },
    );
  },
};
