import type { Transformer } from './transformer.ts';
import { hexNumber } from './utf8.ts';

const CONTROL: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * js_decode: decodes the escapes of JavaScript strings: `\n` and its like, `\xHH`, `\uHHHH` with surrogate pairs;
 * a backslash before any other character is dropped, and so is an incomplete `\x` or `\u`.
 *
 * Example: `\x61lert\u0028` → `alert(`.
 */
export const jsDecode: Transformer = {
  name: 'js_decode',
  aliases: ['jsDecode'],
  changes: '\\\\',
  sources: () => '\\',
  apply(text) {
    if (!text.includes('\\')) return text;
    let out = '';
    for (let i = 0; i < text.length; ) {
      if (text[i] !== '\\' || i + 1 === text.length) {
        out += text[i++];
        continue;
      }
      const escaped = text[i + 1]!;
      i += 2;
      const digits = escaped === 'x' ? 2 : escaped === 'u' ? 4 : 0;
      if (digits === 0) {
        out += CONTROL[escaped] ?? escaped;
        continue;
      }
      const unit = hexNumber(text, i, digits);
      if (unit < 0) continue;
      out += String.fromCharCode(unit);
      i += digits;
    }
    return out.replace(/\p{Cs}/gu, '\ufffd');
  },
};
