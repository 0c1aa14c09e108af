import type { Attributes, AttributeValue } from '../span.ts';

/** Sets an attribute whose key came from outside: `__proto__` is a key like any other. */
export function setAttribute(attributes: Attributes, key: string, value: AttributeValue): void {
  if (key === '__proto__') {
    Object.defineProperty(attributes, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    attributes[key] = value;
  }
}
