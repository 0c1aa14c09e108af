import { REMOVES_ONLY, type Transformer } from './transformer.ts';
import { pathEnd } from './url-path.ts';

/**
 * url_querystring: the query of a URL, without `?` and fragment; empty if there is none.
 *
 * Example: `/a/b.php?x=1#top` → `x=1`.
 */
export const urlQuerystring: Transformer = {
  name: 'url_querystring',
  ...REMOVES_ONLY,
  apply(text) {
    const start = pathEnd(text);
    if (text[start] !== '?') return '';
    const fragment = text.indexOf('#', start);
    return text.slice(start + 1, fragment < 0 ? text.length : fragment);
  },
};
