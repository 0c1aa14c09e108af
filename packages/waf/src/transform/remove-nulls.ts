import { REMOVES_ONLY, type Transformer } from './transformer.ts';

/**
 * remove_nulls: drops NUL characters, which some parsers skip and others stop at.
 *
 * Example: `<scr\0ipt>` → `<script>`.
 */
export const removeNulls: Transformer = {
  name: 'remove_nulls',
  changes: '\\x00',
  ...REMOVES_ONLY,
  apply: (text) => (text.includes('\0') ? text.replaceAll('\0', '') : text),
};
