import { REMOVES_ONLY, type Transformer } from './transformer.ts';

const CLOSING: Record<string, string> = { '<!--': '-->', '/*': '*/' };

/**
 * remove_comments: drops HTML and C comments, and everything after `--`, `#` or `//`. A comment that isn't closed
 * reaches to the end.
 *
 * Example: `un<!-- -->ion select 1 -- x` → `union select 1 `.
 */
export const removeComments: Transformer = {
  name: 'remove_comments',
  changes: '#|--|/[*/]',
  ...REMOVES_ONLY,
  apply(text) {
    const opening = /<!--|--|#|\/\*|\/\//g;
    let out = '';
    let kept = 0;
    for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
      out += text.slice(kept, found.index);
      const closing = CLOSING[found[0]];
      const end = closing === undefined ? -1 : text.indexOf(closing, opening.lastIndex);
      if (end < 0) return out;
      kept = end + closing!.length;
      opening.lastIndex = kept;
    }
    return kept === 0 ? text : out + text.slice(kept);
  },
};
