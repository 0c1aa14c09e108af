import type { Transformer } from './transformer.ts';
import { pathEnd } from './url-path.ts';

/**
 * url_basename: the last segment of a URL's path, without query and fragment.
 *
 * Example: `/a/b/shell.php?x=1` → `shell.php`.
 */
export const urlBasename: Transformer = {
  name: 'url_basename',
  aliases: ['_sqr_basename'],
  changes: '[/?#]',
  letterCase: 'kept',
  addsNothing: true,
  apply(text) {
    const path = text.slice(0, pathEnd(text));
    return path.slice(path.lastIndexOf('/') + 1);
  },
};
