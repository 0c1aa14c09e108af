import type { Transformer } from './transformer.ts';

/**
 * lowercase: turns ASCII letters into lower case and leaves every other character alone, so that lengths stay.
 *
 * Example: `SeLeCt` → `select`.
 */
export const lowercase: Transformer = {
  name: 'lowercase',
  changes: '',
  letterCase: 'lowered',
  addsNothing: true,
  apply(text) {
    if (!/[A-Z]/.test(text)) return text;
    if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
    return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  },
};
