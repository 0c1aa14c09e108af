import type { GeneratorInput } from '../process/generator.ts';
import { generatorByName } from '../process/index.ts';
import { parseConditions } from './condition.ts';
import { each, fail, within } from './fault.ts';
import {
  arrayAt,
  asObject,
  booleanAt,
  get,
  type JsonObject,
  nonEmpty,
  objectAt,
  objectsAt,
  stringAt,
} from './json.ts';
import { parseScannerReferences } from './scanner.ts';
import type { Mapping, Processor, ProcessorOverride } from './specification.ts';
import { AT_LEAST_ONE, parseLocation, parseTransformers } from './target.ts';
import { checkVersionRange } from './version.ts';

/** Reads one element of `processors`. Throws a Fault. */
export function parseProcessor(element: JsonObject, id: string): Processor {
  checkVersionRange(element);
  const name = stringAt(element, 'generator');
  const generator = generatorByName(name) ?? fail(`unknown generator: '${name}'`, 'warning');

  const evaluate = booleanAt(element, 'evaluate', true);
  const output = booleanAt(element, 'output', false);
  if (!evaluate && !output) fail("neither 'evaluate' nor 'output' is true, so nothing comes of it");

  const parameters = objectAt(element, 'parameters');
  const where = 'parameters.mappings';
  const mappings = each(where, arrayAt(parameters, 'mappings'), (item) =>
    parseMapping(asObject(item), generator.inputs),
  );
  nonEmpty(where, mappings);

  return {
    id,
    generator,
    conditions: parseConditions(element, parseTransformers([]), []),
    mappings,
    scanners: {
      include: within('parameters', () => parseScannerReferences(parameters, 'scanners')),
      exclude: [],
    },
    evaluate,
    output,
  };
}

function parseMapping(mapping: JsonObject, inputs: readonly GeneratorInput[]): Mapping {
  const output = nonEmpty('output', stringAt(mapping, 'output'));
  return { inputs: inputs.map(({ name }) => parseInput(mapping, name)), output };
}

/** The first of the inputs of a name; libddwaf makes nothing of the others either. */
function parseInput(mapping: JsonObject, name: string): Mapping['inputs'][number] {
  const [first] = nonEmpty(name, arrayAt(mapping, name), AT_LEAST_ONE);
  return within(`${name}[0]`, () => parseLocation(asObject(first)));
}

/** Reads one element of `processor_overrides`. Throws a Fault. */
export function parseProcessorOverride(element: JsonObject): ProcessorOverride {
  const targets = objectsAt(element, 'target', (target) => {
    if (get(target, 'tags') !== undefined) fail("'tags' are not for processors, expected 'id'");
    return stringAt(target, 'id');
  });
  nonEmpty('target', targets);
  const scanners = objectAt(element, 'scanners');
  return within('scanners', () => ({
    targets,
    scanners: {
      include: parseScannerReferences(scanners, 'include'),
      exclude: parseScannerReferences(scanners, 'exclude'),
    },
  }));
}
