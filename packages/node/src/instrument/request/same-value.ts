const MAX_DEPTH = 8;

/**
 * Whether two parsed inputs hold the same keys and values, so that the second need not be looked at again. Prototypes
 * do not count. Beyond eight levels they count as different.
 */
export function isSameValue(left: unknown, right: unknown, depth = 0): boolean {
  if (left === right) return true;
  if (depth > MAX_DEPTH || typeof left !== 'object' || typeof right !== 'object') return false;
  if (left === null || right === null || Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(right, key) &&
      isSameValue((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key], depth + 1),
  );
}
