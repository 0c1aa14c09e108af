import type { DatedValue } from '../match/dated-value.ts';
import { each, Fault } from './fault.ts';
import { arrayAt, asObject, type JsonObject, optionalNumberAt, stringAt } from './json.ts';
import type { Data } from './specification.ts';

const TYPES: readonly string[] = ['ip_with_expiration', 'data_with_expiration'];

/** Reads one element of `rules_data` or `exclusion_data`. Throws a Fault. */
export function parseData(element: JsonObject, id: string): Data {
  const type = stringAt(element, 'type');
  if (!TYPES.includes(type)) throw new Fault(`unknown type: '${type}', expected ${TYPES.join(' or ')}`);
  return { id, values: each('data', arrayAt(element, 'data'), parseEntry) };
}

/** On the way of lists with a hundred thousand entries. */
function parseEntry(item: unknown): DatedValue {
  const object = asObject(item);
  return { value: stringAt(object, 'value'), expiration: optionalNumberAt(object, 'expiration', 0) };
}
