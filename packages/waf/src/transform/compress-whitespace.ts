import { REMOVES_ONLY, type Transformer } from './transformer.ts';

/**
 * compress_whitespace: turns each run of spaces (U+0020 only) into one.
 *
 * Example: `union   select` → `union select`.
 */
export const compressWhitespace: Transformer = {
  name: 'compress_whitespace',
  changes: '  ',
  ...REMOVES_ONLY,
  apply: (text) => (text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text),
};
