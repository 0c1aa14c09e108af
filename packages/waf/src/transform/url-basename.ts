import { REMOVES_ONLY, type Transformer } from './transformer.ts';
import { pathEnd } from './url-path.ts';

/**
 * url_basename: the last segment of a URL's path, without query and fragment.
 *
 * Example: `/a/b/shell.php?x=1` → `shell.php`.
 */
export const urlBasename: Transformer = {
  name: 'url_basename',
  changes: '[/?#]',
  ...REMOVES_ONLY,
  apply(text) {
    const path = text.slice(0, pathEnd(text));
    return path.slice(path.lastIndexOf('/') + 1);
  },
};
