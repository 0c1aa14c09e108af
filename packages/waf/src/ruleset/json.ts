import { Fault, within } from './fault.ts';

/** Readers of untrusted JSON. Each returns the value in the type asked for or throws a Fault that names the key. */
export type JsonObject = Record<string, unknown>;

export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' ? 'object' : typeof value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject {
  if (!isObject(value)) throw new Fault(`expected an object, got ${typeName(value)}`);
  return value;
}

/** Items of an array that are read; lists of addresses may be long. */
const MAX_ITEMS = 10_000_000;

/** A copy, so that holes are items too. */
export function asArray(value: unknown, maxItems = MAX_ITEMS): unknown[] {
  if (!Array.isArray(value)) throw new Fault(`expected an array, got ${typeName(value)}`);
  if (value.length > maxItems) throw new Fault(`${value.length} items, at most ${maxItems} are read`);
  return Array.from(value);
}

/** The value of an own key, so that `__proto__` or `constructor` in a file is a key like any other. */
export function get(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function required(object: JsonObject, key: string, expected: string): unknown {
  const value = get(object, key);
  if (value === undefined) throw new Fault(`missing key '${key}', expected ${expected}`);
  return value;
}

function mismatch(key: string, value: unknown, expected: string): Fault {
  return new Fault(`invalid type '${typeName(value)}' for key '${key}', expected ${expected}`);
}

export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = required(object, key, 'an object');
  if (!isObject(value)) throw mismatch(key, value, 'an object');
  return value;
}

export function optionalObjectAt(object: JsonObject, key: string): JsonObject {
  return get(object, key) === undefined ? {} : objectAt(object, key);
}

export function arrayAt(object: JsonObject, key: string): unknown[] {
  const value = required(object, key, 'an array');
  if (!Array.isArray(value)) throw mismatch(key, value, 'an array');
  return within(key, () => asArray(value));
}

export function optionalArrayAt(object: JsonObject, key: string): unknown[] {
  return get(object, key) === undefined ? [] : arrayAt(object, key);
}

/** Numbers and booleans are taken as their text, as libddwaf does. */
export function stringAt(object: JsonObject, key: string): string {
  const text = scalarText(required(object, key, 'a string'));
  if (text === undefined) throw mismatch(key, get(object, key), 'a string');
  return text;
}

export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Also takes `"true"` and `"false"`, in any case. */
export function optionalBooleanAt(object: JsonObject, key: string, fallback: boolean): boolean {
  const value = get(object, key);
  if (value === undefined) return fallback;
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw mismatch(key, value, 'a boolean');
}

/** Also takes a number in a string. */
export function numberAt(object: JsonObject, key: string): number {
  const number = numberFrom(required(object, key, 'a number'));
  if (number === undefined) throw mismatch(key, get(object, key), 'a number');
  return number;
}

export function optionalNumberAt(object: JsonObject, key: string, fallback: number): number {
  return get(object, key) === undefined ? fallback : numberAt(object, key);
}

export function numberFrom(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^[+-]?\d+(?:\.\d+)?$/.test(value)) return undefined;
  return Number(value);
}

export function stringsAt(object: JsonObject, key: string): string[] {
  return arrayAt(object, key).map((item, index) => {
    const text = scalarText(item);
    if (text === undefined) throw mismatch(`${key}[${index}]`, item, 'a string');
    return text;
  });
}

export function optionalStringsAt(object: JsonObject, key: string): string[] {
  return get(object, key) === undefined ? [] : stringsAt(object, key);
}
