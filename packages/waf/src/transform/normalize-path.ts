import { REMOVES_ONLY, type Transformer } from './transformer.ts';
import { UnitBuffer } from './unit-buffer.ts';

/**
 * normalize_path: resolves `./` and `/../` in a path. A leading `..` is a name like any other.
 *
 * Example: `/var/www/./html/../../etc` → `/var/etc`.
 */
export const normalizePath: Transformer = {
  name: 'normalize_path',
  changes: '(?:^|/)\\.(?:/|$)|/\\.\\.(?:/|$)',
  ...REMOVES_ONLY,
  apply: resolveDots,
};

const DOT = 0x2e;
const SLASH = 0x2f;

export function resolveDots(text: string): string {
  if (!text.includes('.')) return text;
  const units = new UnitBuffer(text.length);
  for (let i = 0; i < text.length; ) {
    const unit = text.charCodeAt(i);
    const endsSegment = unit === DOT && (i + 1 === text.length || text.charCodeAt(i + 1) === SLASH);
    if (!endsSegment) {
      units.push(unit);
      i++;
    } else if (i === 0 || text.charCodeAt(i - 1) === SLASH) {
      i += 2;
    } else if (i > 1 && text.charCodeAt(i - 1) === DOT && text.charCodeAt(i - 2) === SLASH) {
      units.size = Math.max(0, units.size - 2); // the `/.` of this `/..`
      units.popThrough(SLASH);
      units.push(SLASH);
      i += 2;
    } else {
      units.push(unit);
      i++;
    }
  }
  return units.size === text.length ? text : units.toString();
}
