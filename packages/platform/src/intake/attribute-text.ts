import type { Attributes, AttributeValue } from '@wardline/telemetry';

/** An attribute's value as the text under which it is stored: arrays and maps as JSON, bytes as base64, null as ''. */
export function attributeText(value: AttributeValue | undefined): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'undefined':
      return '';
    case 'object':
      if (value === null) return '';
      return value instanceof Uint8Array ? base64(value) : JSON.stringify(value, bytesAsBase64);
    default:
      return String(value);
  }
}

/** The text of the first of the named attributes that is there and not empty, or ''. */
export function firstText(attributes: Attributes, names: readonly string[]): string {
  for (const name of names) {
    const value = ownAttribute(attributes, name);
    if (value !== undefined && value !== null && value !== '') return attributeText(value);
  }
  return '';
}

/** Whether one of the named attributes is true; Datadog's tags say so with the string. */
export function isTrue(attributes: Attributes, names: readonly string[]): boolean {
  for (const name of names) {
    const value = ownAttribute(attributes, name);
    if (value === true || value === 'true') return true;
  }
  return false;
}

/** Not what `Object.prototype` has under that name. */
export function ownAttribute(attributes: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

function bytesAsBase64(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? base64(value) : value;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
