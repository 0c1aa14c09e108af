import type { Transformer } from './transformer.ts';

/**
 * shell_unescape: undoes what shells ignore. Drops `\ " ' ^`, turns commas, semicolons and runs of white space into
 * one space, drops that space before `/` and `(`, and turns ASCII letters into lower case. ModSecurity's cmdLine.
 *
 * Example: `C^A"T"   /etc;,LS` → `cat/etc ls`.
 */
export const shellUnescape: Transformer = {
  name: 'shell_unescape',
  aliases: ['cmdLine'],
  changes: '[\\\\"\'^,;\\t\\n\\v\\f\\r]| [ (/]',
  letterCase: 'lowered',
  apply(text) {
    if (!AFFECTED.test(text)) return text;
    let out = '';
    for (let i = 0; i < text.length; i++) {
      const character = text[i]!;
      if (IGNORED.includes(character)) continue;
      if (!SPACES.includes(character)) {
        out += character >= 'A' && character <= 'Z' ? character.toLowerCase() : character;
      } else if (i + 1 === text.length || !ABSORBS_SPACE.includes(text[i + 1]!)) {
        out += ' ';
      }
    }
    return out;
  },
};

const AFFECTED = /[\\"'^,;A-Z\t\n\v\f\r]| [ (/]/;
const IGNORED = '\\"\'^';
const SPACES = ' \t\n\v\f\r,;';
const ABSORBS_SPACE = `${SPACES}(/`;
