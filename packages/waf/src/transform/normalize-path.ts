import type { Transformer } from './transformer.ts';

/**
 * normalize_path: resolves `./` and `/../` in a path. A leading `..` is a name like any other.
 *
 * Example: `/var/www/./html/../../etc` → `/var/etc`.
 */
export const normalizePath: Transformer = {
  name: 'normalize_path',
  aliases: ['normalizePath'],
  changes: '(?:^|/)\\.(?:/|$)|/\\.\\.(?:/|$)',
  letterCase: 'kept',
  addsNothing: true,
  apply: resolveDots,
};

export function resolveDots(text: string): string {
  if (!text.includes('.')) return text;
  const out: string[] = [];
  for (let i = 0; i < text.length; ) {
    const endsSegment = text[i] === '.' && (i + 1 === text.length || text[i + 1] === '/');
    if (!endsSegment) {
      out.push(text[i++]!);
    } else if (i === 0 || text[i - 1] === '/') {
      i += 2;
    } else if (i > 1 && text[i - 1] === '.' && text[i - 2] === '/') {
      out.length = Math.max(0, out.length - 2); // the `/.` of this `/..`
      while (out.length > 0 && out.pop() !== '/') {}
      out.push('/');
      i += 2;
    } else {
      out.push(text[i++]!);
    }
  }
  return out.length === text.length ? text : out.join('');
}
