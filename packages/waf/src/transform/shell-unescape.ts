import { lowercase } from './lowercase.ts';
import type { Transformer } from './transformer.ts';

/**
 * shell_unescape: undoes what shells ignore. Drops `\ " ' ^`, turns commas, semicolons and runs of white space into
 * one space, drops that space before `/` and `(`, and turns ASCII letters into lower case. ModSecurity's cmdLine.
 *
 * Example: `C^A"T"   /etc;,LS` → `cat/etc ls`.
 */
export const shellUnescape: Transformer = {
  name: 'shell_unescape',
  changes: '[\\\\"\'^,;\\t\\n\\v\\f\\r]| [ (/]',
  letterCase: 'lowered',
  addsNothing: true,
  apply: (text) => lowercase.apply(text.replace(DROPPED, '').replace(/[\t-\r,;]/g, ' ')),
};

/** What goes: the characters that shells ignore, and what would be a space before another, `/` or `(`. */
const DROPPED = /[\\"'^]|[\t-\r ,;](?=[\t-\r ,;(/])/g;
