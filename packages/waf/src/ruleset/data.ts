import { fail } from './fault.ts';
import { type JsonObject, numberAt, objectsAt, stringAt } from './json.ts';
import type { Data } from './specification.ts';

const TYPES: readonly string[] = ['ip_with_expiration', 'data_with_expiration'];

/** Reads one element of `rules_data` or `exclusion_data`. Throws a Fault. */
export function parseData(element: JsonObject, id: string): Data {
  const type = stringAt(element, 'type');
  if (!TYPES.includes(type)) fail(`unknown type: '${type}', expected ${TYPES.join(' or ')}`);
  const expirations: number[] = [];
  const values = objectsAt(element, 'data', (entry) => {
    const value = stringAt(entry, 'value');
    expirations.push(numberAt(entry, 'expiration', 0));
    return value;
  });
  return { id, values, expirations };
}
