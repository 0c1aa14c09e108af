import { gzipSync } from 'node:zlib';

/**
 * What the rule engine gives as an attribute, as a span can hold it. Schemas, and what else is no scalar, become
 * Base64 of compressed JSON, as Datadog's tracers report them.
 */
export function attributeValue(value: unknown): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return gzipSync(JSON.stringify(value) ?? '').toString('base64');
}
