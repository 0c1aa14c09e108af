/** What may be said about an event: scalars, nested up to four levels. */
export type Metadata = { [key: string]: unknown };

type Scalar = string | number | boolean;

const MAX_DEPTH = 4;
const MAX_ENTRIES = 64;

/**
 * Metadata as flat attributes, the keys of nested objects joined by dots: `{ cart: { size: 3 } }` is `cart.size = 3`.
 * What lies deeper than four levels, and what comes after the 64th entry, is left out.
 */
export function flattenMetadata(metadata: Metadata | undefined): Record<string, Scalar> {
  const flat: Record<string, Scalar> = Object.create(null);
  let room = MAX_ENTRIES;
  const add = (values: object, prefix: string, depth: number): void => {
    for (const [key, value] of Object.entries(values)) {
      if (room === 0) return;
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        flat[prefix + key] = value;
        room--;
      } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
        add(value, `${prefix}${key}.`, depth + 1);
      }
    }
  };
  if (typeof metadata === 'object' && metadata !== null) add(metadata, '', 1);
  return flat;
}
