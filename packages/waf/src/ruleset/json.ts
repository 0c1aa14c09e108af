import { each, fail, within } from './fault.ts';

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
  if (!isObject(value)) fail(`expected an object, got ${typeName(value)}`);
  return value;
}

/** Items of an array that are read; lists of addresses may be long. */
const MAX_ITEMS = 10_000_000;

/** A copy, so that holes are items too. */
export function asArray(value: unknown, maxItems = MAX_ITEMS): unknown[] {
  if (!Array.isArray(value)) fail(`expected an array, got ${typeName(value)}`);
  if (value.length > maxItems) fail(`${value.length} items, at most ${maxItems} are read`);
  return Array.from(value);
}

/** The value of an own key, so that `__proto__` or `constructor` in a file is a key like any other. */
export function get(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * A reader of the values of keys, of which `read` makes the type asked for; undefined if they aren't of that type. Where
 * there is a fallback the key may be absent.
 */
function readerOf<T>(expected: string, read: (value: unknown) => T | undefined) {
  return (object: JsonObject, key: string, fallback?: T): T => {
    const value = get(object, key);
    if (value !== undefined) return typed(key, value, expected, read);
    return fallback ?? fail(`missing key '${key}', expected ${expected}`);
  };
}

function typed<T>(key: string, value: unknown, expected: string, read: (value: unknown) => T | undefined): T {
  return read(value) ?? fail(`invalid type '${typeName(value)}' for key '${key}', expected ${expected}`);
}

export const objectAt = readerOf('an object', (value) => (isObject(value) ? value : undefined));

const anyArrayAt = readerOf('an array', (value): unknown[] | undefined =>
  Array.isArray(value) ? value : undefined,
);

export function arrayAt(object: JsonObject, key: string, fallback?: unknown[]): unknown[] {
  const value = anyArrayAt(object, key, fallback);
  return within(key, () => asArray(value));
}

/** What `parse` makes of each object of an array. */
export function objectsAt<T>(
  object: JsonObject,
  key: string,
  parse: (item: JsonObject) => T,
  fallback?: unknown[],
): T[] {
  return each(key, arrayAt(object, key, fallback), (item) => parse(asObject(item)));
}

/** Numbers and booleans are taken as their text, as libddwaf does. */
export const stringAt = readerOf('a string', scalarText);

export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function scalarText(value: unknown): string | undefined {
  return isScalar(value) ? String(value) : undefined;
}

/** Also takes `"true"` and `"false"`, in any case. */
export const booleanAt = readerOf('a boolean', (value) => {
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === true || text === 'true') return true;
  return text === false || text === 'false' ? false : undefined;
});

/** Also takes a number in a string. */
export const numberAt = readerOf('a number', numberFrom);

export function numberFrom(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^[+-]?\d+(?:\.\d+)?$/.test(value)) return undefined;
  return Number(value);
}

export function stringsAt(object: JsonObject, key: string, fallback?: string[]): string[] {
  return arrayAt(object, key, fallback).map((item, index) =>
    typed(`${key}[${index}]`, item, 'a string', scalarText),
  );
}

/** Returns a text or a list, which must not be empty; `hint` ends the sentence that says so. */
export function nonEmpty<T extends { readonly length: number }>(name: string, value: T, hint = ''): T {
  if (value.length === 0) fail(`'${name}' is empty${hint}`);
  return value;
}
