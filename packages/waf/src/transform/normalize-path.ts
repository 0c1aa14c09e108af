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

const DOT = 0x2e;
const SLASH = 0x2f;
/** String.fromCharCode takes so many arguments in any runtime. */
const CHUNK = 4096;

export function resolveDots(text: string): string {
  if (!text.includes('.')) return text;
  const out = new Uint16Array(text.length + 1);
  let size = 0;
  for (let i = 0; i < text.length; ) {
    const unit = text.charCodeAt(i);
    const endsSegment = unit === DOT && (i + 1 === text.length || text.charCodeAt(i + 1) === SLASH);
    if (!endsSegment) {
      out[size++] = unit;
      i++;
    } else if (i === 0 || text.charCodeAt(i - 1) === SLASH) {
      i += 2;
    } else if (i > 1 && text.charCodeAt(i - 1) === DOT && text.charCodeAt(i - 2) === SLASH) {
      size = Math.max(0, size - 2); // the `/.` of this `/..`
      while (size > 0 && out[--size] !== SLASH) {}
      out[size++] = SLASH;
      i += 2;
    } else {
      out[size++] = unit;
      i++;
    }
  }
  return size === text.length ? text : textOf(out.subarray(0, size));
}

function textOf(units: Uint16Array): string {
  let text = '';
  for (let i = 0; i < units.length; i += CHUNK) {
    text += String.fromCharCode(...units.subarray(i, i + CHUNK));
  }
  return text;
}
