import { fail } from './fault.ts';
import { get, type JsonObject, scalarText, stringAt } from './json.ts';

/**
 * The version of libddwaf whose rule format this engine implements. `min_version` and `max_version` of rules and
 * exclusions are compared with it, since rulesets are written against libddwaf's versions.
 */
export const FORMAT_VERSION = '1.30.1';

const SUPPORTED_MAJOR = '2';

const ANY = 'any';

/** Throws a `skipped` Fault unless min_version ≤ FORMAT_VERSION ≤ max_version. */
export function checkVersionRange(element: JsonObject): void {
  const [from, to] = ['min_version', 'max_version'].map((key) => stringAt(element, key, ANY));
  const rank = rankOf(FORMAT_VERSION);
  if ((from === ANY || rankOf(from!) <= rank) && (to === ANY || rank <= rankOf(to!))) return;
  fail(`needs a rule format from ${from} to ${to}, this is ${FORMAT_VERSION}`, 'skipped');
}

/** Throws a Fault unless a configuration's `version` is absent (remote configurations have none) or 2.x. */
export function checkSchemaVersion(configuration: JsonObject): void {
  const version = get(configuration, 'version');
  if (version === undefined) return;
  const major = /^(\d+)(?:\.|$)/.exec(scalarText(version) ?? '')?.[1];
  if (major === SUPPORTED_MAJOR) return;
  fail(`unsupported schema version ${JSON.stringify(version)}, expected "2.x"`);
}

/** A number that is greater for a later version. */
function rankOf(version: string): number {
  const parts = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version);
  if (parts === null) fail(`invalid version ${JSON.stringify(version)}, expected major.minor.patch`);
  return parts.slice(1).reduce((rank, part) => rank * 1e5 + Math.min(Number(part), 99_999), 0);
}
