import { readSsrfOptions } from '../detect/index.ts';
import { get, type JsonObject } from './json.ts';
import { type Condition, DETECTOR, type Detector } from './specification.ts';
import { parseSingleTarget, parseTargets, type TargetDefaults } from './target.ts';

/** The exploit detectors, and the highest version of each. */
const VERSIONS: ReadonlyMap<string, number> = new Map<Detector['name'], number>([
  ['lfi_detector', 2],
  ['shi_detector', 1],
  ['cmdi_detector', 1],
  ['sqli_detector', 3],
  ['ssrf_detector', 3],
]);

/** Undefined if there is no detector of the name. */
export function detectorVersion(name: string): number | undefined {
  return VERSIONS.get(name);
}

/** Reads the parameters of the detector of a name. Throws a Fault. */
export function parseDetector(name: string, parameters: JsonObject, defaults: TargetDefaults): Condition {
  return {
    kind: DETECTOR,
    resource: parseSingleTarget(parameters, 'resource', defaults),
    params: parseTargets(parameters, 'params', defaults),
    detector: detectorOf(name as Detector['name'], parameters, defaults),
  };
}

/** With what a detector takes beside resource and params. */
function detectorOf(name: Detector['name'], parameters: JsonObject, defaults: TargetDefaults): Detector {
  if (name === 'sqli_detector') return { name, dbType: parseSingleTarget(parameters, 'db_type', defaults) };
  if (name !== 'ssrf_detector') return { name };
  return { name, options: readSsrfOptions(get(parameters, 'options'), get(parameters, 'policy')) };
}
