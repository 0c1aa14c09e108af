import type { GeneratorInput } from '../process/generator.ts';
import { generatorByName } from '../process/index.ts';
import { parseConditions } from './condition.ts';
import { Fault, within } from './fault.ts';
import {
  arrayAt,
  asObject,
  get,
  type JsonObject,
  objectAt,
  optionalArrayAt,
  optionalBooleanAt,
  stringAt,
} from './json.ts';
import { parseScannerReferences } from './scanner.ts';
import type { Mapping, Processor, ProcessorOverride } from './specification.ts';
import { parseAddress, parseKeyPath, parseTransformers } from './target.ts';
import { checkVersionRange } from './version.ts';

/** Reads one element of `processors`. Throws a Fault. */
export function parseProcessor(element: JsonObject, id: string): Processor {
  checkVersionRange(element);
  const name = stringAt(element, 'generator');
  const generator = generatorByName(name);
  if (generator === undefined) throw new Fault(`unknown generator: '${name}'`, 'warning');

  const evaluate = optionalBooleanAt(element, 'evaluate', true);
  const output = optionalBooleanAt(element, 'output', false);
  if (!evaluate && !output)
    throw new Fault("neither 'evaluate' nor 'output' is true, so nothing comes of it");

  const parameters = objectAt(element, 'parameters');
  const mappings = arrayAt(parameters, 'mappings').map((item, index) =>
    within(`parameters.mappings[${index}]`, () => parseMapping(asObject(item), generator.inputs)),
  );
  if (mappings.length === 0) throw new Fault("'parameters.mappings' is empty");

  return {
    id,
    generator,
    conditions: parseConditions(optionalArrayAt(element, 'conditions'), parseTransformers([])),
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
  const output = stringAt(mapping, 'output');
  if (output === '') throw new Fault("'output' is empty");
  return { inputs: inputs.map(({ name }) => parseInput(mapping, name)), output };
}

/** The first of the inputs of a name; libddwaf makes nothing of the others either. */
function parseInput(mapping: JsonObject, name: string): Mapping['inputs'][number] {
  const [first] = arrayAt(mapping, name);
  if (first === undefined) throw new Fault(`'${name}' is empty, expected at least one input`);
  return within(`${name}[0]`, () => {
    const input = asObject(first);
    return { address: parseAddress(input), keyPath: parseKeyPath(input) };
  });
}

/** Reads one element of `processor_overrides`. Throws a Fault. */
export function parseProcessorOverride(element: JsonObject): ProcessorOverride {
  const targets = arrayAt(element, 'target').map((item, index) =>
    within(`target[${index}]`, () => {
      const target = asObject(item);
      if (get(target, 'tags') !== undefined) throw new Fault("'tags' are not for processors, expected 'id'");
      return stringAt(target, 'id');
    }),
  );
  if (targets.length === 0) throw new Fault("'target' is empty");
  const scanners = objectAt(element, 'scanners');
  return within('scanners', () => ({
    targets,
    scanners: {
      include: parseScannerReferences(scanners, 'include'),
      exclude: parseScannerReferences(scanners, 'exclude'),
    },
  }));
}
