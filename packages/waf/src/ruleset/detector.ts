import { readSsrfOptions } from '../detect/index.ts';
import { get, type JsonObject } from './json.ts';
import type { Condition, Detector } from './specification.ts';
import { parseSingleTarget, parseTargets, type TargetDefaults } from './target.ts';

interface DetectorParser {
  maxVersion: number;
  parse(parameters: JsonObject, defaults: TargetDefaults): Condition;
}

/** A table of the exploit detectors: the highest version of each, and what it takes beside resource and params. */
const DETECTORS = new Map<Detector['name'], DetectorParser>([
  ['lfi_detector', plain('lfi_detector', 2)],
  ['shi_detector', plain('shi_detector', 1)],
  ['cmdi_detector', plain('cmdi_detector', 1)],
  [
    'sqli_detector',
    parser(3, (parameters, defaults) => ({
      name: 'sqli_detector',
      dbType: parseSingleTarget(parameters, 'db_type', defaults),
    })),
  ],
  [
    'ssrf_detector',
    parser(3, (parameters) => ({
      name: 'ssrf_detector',
      options: readSsrfOptions(get(parameters, 'options'), get(parameters, 'policy')),
    })),
  ],
]);

export function detectorParser(name: string): DetectorParser | undefined {
  return DETECTORS.get(name as Detector['name']);
}

function plain(name: 'lfi_detector' | 'shi_detector' | 'cmdi_detector', maxVersion: number): DetectorParser {
  return parser(maxVersion, () => ({ name }));
}

function parser(
  maxVersion: number,
  parseDetector: (parameters: JsonObject, defaults: TargetDefaults) => Detector,
): DetectorParser {
  return {
    maxVersion,
    parse: (parameters, defaults) => ({
      kind: 'detector',
      resource: parseSingleTarget(parameters, 'resource', defaults),
      params: parseTargets(parameters, 'params', defaults),
      detector: parseDetector(parameters, defaults),
    }),
  };
}
