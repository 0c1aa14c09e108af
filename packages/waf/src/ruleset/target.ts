import { type Transformer, transformerByName } from '../transform/index.ts';
import type { KeyPath } from '../types.ts';
import { fail } from './fault.ts';
import {
  arrayAt,
  get,
  type JsonObject,
  nonEmpty,
  objectsAt,
  scalarText,
  stringAt,
  stringsAt,
} from './json.ts';
import { parseReference } from './reference.ts';
import { KEYS, type Location, type Reference, type Source, type Target, VALUES } from './specification.ts';

const MAX_TRANSFORMERS = 10;
const MAX_KEY_PATH = 20;

/** What the inputs of a rule's conditions have in common. */
export interface TargetDefaults {
  source: Source;
  transformers: readonly Transformer[];
}

/** Reads a list of transformer names; `keys_only` and `values_only` among them choose what is looked at. */
export function parseTransformers(names: readonly string[]): TargetDefaults {
  if (names.length > MAX_TRANSFORMERS) {
    fail(`${names.length} transformers, at most ${MAX_TRANSFORMERS} are allowed`);
  }
  let source: Source = VALUES;
  const transformers: Transformer[] = [];
  for (const name of names) {
    if (name === 'keys_only') source = KEYS;
    else if (name === 'values_only') source = VALUES;
    else {
      transformers.push(transformerByName(name) ?? fail(`unknown transformer: '${name}'`, 'warning'));
    }
  }
  return { source, transformers };
}

/** Reads the list of inputs under `key` of a condition's parameters: at least one. */
export function parseTargets(parameters: JsonObject, key: string, defaults: TargetDefaults): Target[] {
  const targets = objectsAt(parameters, key, (input) => ({
    ...(get(input, 'transformers') === undefined
      ? defaults
      : parseTransformers(stringsAt(input, 'transformers'))),
    ...parseLocation(input),
  }));
  return nonEmpty(key, targets, AT_LEAST_ONE);
}

/** As parseTargets, for a parameter that takes exactly one input. */
export function parseSingleTarget(parameters: JsonObject, key: string, defaults: TargetDefaults): Target {
  const targets = parseTargets(parameters, key, defaults);
  if (targets.length > 1) fail(`'${key}' has ${targets.length} inputs, expected one`);
  return targets[0]!;
}

export const AT_LEAST_ONE = ', expected at least one input';

/** Reads `address` and `key_path`. */
export function parseLocation(input: JsonObject): Location {
  return { address: nonEmpty('address', stringAt(input, 'address')), keyPath: parseKeyPath(input) };
}

function parseKeyPath(input: JsonObject): KeyPath {
  const items = arrayAt(input, 'key_path', []);
  if (items.length > MAX_KEY_PATH) fail(`'key_path' is longer than ${MAX_KEY_PATH}`);
  return items.map((item, index) => {
    if (typeof item === 'number' && Number.isSafeInteger(item)) return item;
    const name = `key_path[${index}]`;
    return nonEmpty(name, scalarText(item) ?? fail(`'${name}' is neither a string nor an integer`));
  });
}

/** Reads `rules_target`: references to rules by id or by tags. */
export function parseRuleTargets(element: JsonObject): Reference[] {
  return objectsAt(
    element,
    'rules_target',
    (item) => {
      const reference = parseReference(item, 'rule_id');
      if ('tags' in reference && reference.tags.size === 0) fail("has neither 'rule_id' nor 'tags'");
      return reference;
    },
    [],
  );
}
