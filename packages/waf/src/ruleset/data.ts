import type { DatedValue } from '../match/dated-value.ts';
import { Fault } from './fault.ts';
import { type JsonObject, numberAt, objectsAt, stringAt } from './json.ts';
import type { Data } from './specification.ts';

const TYPES: readonly string[] = ['ip_with_expiration', 'data_with_expiration'];

/** Reads one element of `rules_data` or `exclusion_data`. Throws a Fault. */
export function parseData(element: JsonObject, id: string): Data {
  const type = stringAt(element, 'type');
  if (!TYPES.includes(type)) throw new Fault(`unknown type: '${type}', expected ${TYPES.join(' or ')}`);
  return { id, values: objectsAt(element, 'data', parseEntry) };
}

/** On the way of lists with a hundred thousand entries. */
function parseEntry(object: JsonObject): DatedValue {
  return { value: stringAt(object, 'value'), expiration: numberAt(object, 'expiration', 0) };
}
