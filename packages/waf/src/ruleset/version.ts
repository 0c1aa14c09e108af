import { Fault } from './fault.ts';
import { get, type JsonObject, scalarText, stringAt } from './json.ts';

/**
 * The version of libddwaf whose rule format this engine implements. `min_version` and `max_version` of rules and
 * exclusions are compared with it, since rulesets are written against libddwaf's versions.
 */
export const FORMAT_VERSION = '1.30.1';

const SUPPORTED_MAJOR = '2';

type Version = readonly [number, number, number];

/** Throws a `skipped` Fault unless min_version ≤ FORMAT_VERSION ≤ max_version. */
export function checkVersionRange(element: JsonObject): void {
  const current = parseVersion(FORMAT_VERSION);
  const bounds = ['min_version', 'max_version'] as const;
  const [min, max] = bounds.map((key) =>
    get(element, key) === undefined ? current : parseVersion(stringAt(element, key)),
  );
  if (compareVersions(min!, current) <= 0 && compareVersions(current, max!) <= 0) return;
  throw new Fault(
    `needs a rule format from ${get(element, 'min_version') ?? 'any'} to ${get(element, 'max_version') ?? 'any'}, this is ${FORMAT_VERSION}`,
    'skipped',
  );
}

/** Throws a Fault unless a configuration's `version` is absent (remote configurations have none) or 2.x. */
export function checkSchemaVersion(configuration: JsonObject): void {
  const version = get(configuration, 'version');
  if (version === undefined) return;
  const major = /^(\d+)(?:\.|$)/.exec(scalarText(version) ?? '')?.[1];
  if (major === SUPPORTED_MAJOR) return;
  throw new Fault(`unsupported schema version ${JSON.stringify(version)}, expected "2.x"`);
}

function parseVersion(text: string): Version {
  const parts = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(text);
  if (parts === null) throw new Fault(`invalid version ${JSON.stringify(text)}, expected major.minor.patch`);
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
