import type { Transformer } from './transformer.ts';
import { codePointText, hexDigit } from './utf8.ts';

const MAX_DIGITS = 6;

/**
 * css_decode: decodes CSS escapes: a backslash and up to six hexadecimal digits with one white space after them, a
 * backslash before a newline, a backslash before any other character. Source: CSS Syntax Module Level 3, 4.3.7.
 *
 * Example: `ja\76 ascript` → `javascript`.
 */
export const cssDecode: Transformer = {
  name: 'css_decode',
  aliases: ['cssDecode'],
  changes: '\\\\',
  sources: () => '\\',
  apply(text) {
    if (!text.includes('\\')) return text;
    let out = '';
    for (let i = 0; i < text.length; ) {
      if (text[i] !== '\\') {
        out += text[i++];
        continue;
      }
      i++;
      let codePoint = 0;
      let digits = 0;
      for (; digits < MAX_DIGITS; digits++) {
        const digit = hexDigit(text.charCodeAt(i + digits));
        if (digit < 0) break;
        codePoint = codePoint * 16 + digit;
      }
      if (digits > 0) {
        i += digits;
        out += codePointText(codePoint);
        if (i < text.length && /[ \t\n\v\f\r]/.test(text[i]!)) i++;
      } else if (i < text.length) {
        if (text[i] !== '\n') out += text[i];
        i++;
      }
    }
    return out;
  },
};
