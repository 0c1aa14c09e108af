import type { Attributes, AttributeValue } from '@wardline/telemetry';

/** Beyond these, an attribute is left out and a string is cut: a span's size is bounded whatever the application sets. */
export const MAX_ATTRIBUTES = 128;
export const MAX_STRING = 8192;
export const MAX_ENTRIES = 128;
export const MAX_DEPTH = 4;

/** Security attributes hold JSON, which a cut would destroy; they are bounded where they are made. */
const SECURITY_PREFIX = 'wardline.';

/** A set of attributes within the limits, with its approximate size. */
export class BoundedAttributes {
  readonly values: Attributes = {};
  #count = 0;
  /** Bytes that the values take up in memory, roughly. */
  size = 0;

  /** Hot path. What OpenTelemetry has no attribute value for is ignored; never throws. */
  set(key: string, value: unknown): void {
    // An assignment to `__proto__` would not make an attribute but change the object's prototype.
    if (typeof key !== 'string' || key === '' || key === '__proto__') return;
    const security = key.startsWith(SECURITY_PREFIX);
    const bounded =
      security && typeof value === 'string'
        ? value
        : typeof value === 'object'
          ? boundObject(value)
          : bound(value, 0);
    if (bounded === undefined) return;
    if (!Object.hasOwn(this.values, key)) {
      if (this.#count >= MAX_ATTRIBUTES && !security) return;
      this.#count++;
    }
    this.values[key] = bounded;
    this.size += key.length + sizeOf(bounded);
  }

  setAll(attributes: Readonly<Record<string, unknown>> | undefined): void {
    for (const key in attributes) this.set(key, attributes[key]);
  }
}

/** Getters and proxies of the application may throw when they are read. */
function boundObject(value: object | null): AttributeValue | undefined {
  try {
    return value === null ? undefined : bound(value, 0);
  } catch {
    return undefined;
  }
}

function bound(value: unknown, depth: number): AttributeValue | undefined {
  switch (typeof value) {
    case 'string':
      return value.length <= MAX_STRING ? value : value.slice(0, MAX_STRING);
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return null;
  if (depth >= MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ENTRIES).map((element) => bound(element, depth + 1) ?? null);
  }
  if (value instanceof Uint8Array) return value.slice(0, MAX_STRING);
  const map: Record<string, AttributeValue> = {};
  for (const key of Object.keys(value).slice(0, MAX_ENTRIES)) {
    const element = bound((value as Record<string, unknown>)[key], depth + 1);
    if (element !== undefined && key !== '__proto__') map[key] = element;
  }
  return map;
}

function sizeOf(value: AttributeValue): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (value instanceof Uint8Array) return value.length;
  let size = 0;
  for (const element of Array.isArray(value) ? value : Object.values(value)) size += 16 + sizeOf(element);
  return size;
}
