import type { RemoteConfig } from '@wardline/telemetry';

/**
 * The platform's answer as a `RemoteConfig`.
 * @throws an Error that says what is wrong with it
 */
export function parseRemoteConfig(text: string): RemoteConfig {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error('it is not an object');
  const { version, mode, configurations } = value;
  if (typeof version !== 'string' || version === '') throw new Error('its version is not a string');
  if (mode !== undefined && mode !== 'monitor' && mode !== 'block') {
    throw new Error('its mode is neither monitor nor block');
  }
  if (!isObject(configurations)) throw new Error('its configurations are not an object');
  return { version, configurations, ...(mode !== undefined && { mode }) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
