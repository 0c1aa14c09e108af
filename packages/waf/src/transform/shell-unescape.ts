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
  alias: 'cmdLine',
  changes: '[\\\\"\'^,;\\t\\n\\v\\f\\r]| [ (/]',
  letterCase: 'lowered',
  addsNothing: true,
  apply(text) {
    if (!AFFECTED.test(text)) return text;
    let out = '';
    let kept = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const action = unit < 128 ? ACTIONS[unit]! : KEEP;
      if (action === KEEP) continue;
      const next = text.charCodeAt(i + 1);
      const absorbed = action === DROP || (next < 128 && ABSORBS_SPACE[next] === 1);
      // A space that stays is no reason to stop copying.
      if (!absorbed && unit === SPACE) continue;
      if (i > kept) out += text.slice(kept, i);
      if (!absorbed) out += ' ';
      kept = i + 1;
    }
    return lowercase.apply(kept === 0 ? text : out + text.slice(kept));
  },
};

const AFFECTED = /[\\"'^,;A-Z\t\n\v\f\r]| [ (/]/;

const KEEP = 0;
const DROP = 1;
const TO_SPACE = 2;
const SPACE = 0x20;

/** By ASCII character, what becomes of it. */
const ACTIONS = new Uint8Array(128);
for (const character of '\\"\'^') ACTIONS[character.charCodeAt(0)] = DROP;
for (const character of ' \t\n\v\f\r,;') ACTIONS[character.charCodeAt(0)] = TO_SPACE;

/** By ASCII character, 1 if a space before it goes. */
const ABSORBS_SPACE = new Uint8Array(128);
for (const character of ' \t\n\v\f\r,;(/') ABSORBS_SPACE[character.charCodeAt(0)] = 1;
