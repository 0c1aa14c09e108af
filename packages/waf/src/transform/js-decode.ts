import { DECODES_BACKSLASH, type Transformer } from './transformer.ts';
import { parseHex } from './utf8.ts';

/** What a backslash makes of a character, if anything. */
const ESCAPED: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ x: '', u: '' },
};

/**
 * js_decode: decodes the escapes of JavaScript strings: `\n` and its like, `\xHH`, `\uHHHH` with surrogate pairs;
 * a backslash before any other character is dropped, and so is an incomplete `\x` or `\u`.
 *
 * Example: `\x61lert\u0028` → `alert(`.
 */
export const jsDecode: Transformer = {
  name: 'js_decode',
  ...DECODES_BACKSLASH,
  apply(text) {
    if (!text.includes('\\')) return text;
    return text
      .replace(/\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[\s\S])/g, (sequence) => {
        const escaped = sequence[1]!;
        if (sequence.length > 2) return String.fromCharCode(parseHex(sequence.slice(2)));
        return ESCAPED[escaped] ?? escaped;
      })
      .replace(/\p{Cs}/gu, '\ufffd');
  },
};
