import { REMOVES_ONLY, type Transformer } from './transformer.ts';

/**
 * url_path: a URL without its query and fragment.
 *
 * Example: `/a/b.php?x=1#top` → `/a/b.php`.
 */
export const urlPath: Transformer = {
  name: 'url_path',
  changes: '[?#]',
  ...REMOVES_ONLY,
  apply: (text) => text.slice(0, pathEnd(text)),
};

/** Where the path of a URL ends: at the first `?` or `#`, or at the end. */
export function pathEnd(text: string): number {
  const end = text.search(/[?#]/);
  return end < 0 ? text.length : end;
}
