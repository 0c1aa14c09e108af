import { DECODES_BACKSLASH, type Transformer } from './transformer.ts';
import { codePointText, parseHex } from './utf8.ts';

/**
 * css_decode: decodes CSS escapes: a backslash and up to six hexadecimal digits with one white space after them, a
 * backslash before a newline, a backslash before any other character. Source: CSS Syntax Module Level 3, 4.3.7.
 *
 * Example: `ja\76 ascript` → `javascript`.
 */
export const cssDecode: Transformer = {
  name: 'css_decode',
  ...DECODES_BACKSLASH,
  apply: (text) =>
    text.replace(/\\(?:[\da-f]{1,6}[\t-\r ]?|[\s\S]?)/gi, (sequence) => {
      const codePoint = parseHex(sequence.slice(1));
      if (codePoint >= 0) return codePointText(codePoint);
      return sequence === '\\\n' ? '' : sequence.slice(1);
    }),
};
