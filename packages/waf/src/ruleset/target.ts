import { type Transformer, transformerByName } from '../transform/index.ts';
import type { KeyPath, RuleTarget } from '../types.ts';
import { Fault, within } from './fault.ts';
import {
  arrayAt,
  asObject,
  get,
  type JsonObject,
  optionalArrayAt,
  optionalObjectAt,
  optionalStringsAt,
  scalarText,
  stringAt,
} from './json.ts';
import type { Source, Target } from './specification.ts';

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
    throw new Fault(`${names.length} transformers, at most ${MAX_TRANSFORMERS} are allowed`);
  }
  let source: Source = 'values';
  const transformers: Transformer[] = [];
  for (const name of names) {
    if (name === 'keys_only') source = 'keys';
    else if (name === 'values_only') source = 'values';
    else {
      const transformer = transformerByName(name);
      if (transformer === undefined) throw new Fault(`unknown transformer: '${name}'`, 'warning');
      transformers.push(transformer);
    }
  }
  return { source, transformers };
}

/** Reads the list of inputs under `key` of a condition's parameters: at least one. */
export function parseTargets(parameters: JsonObject, key: string, defaults: TargetDefaults): Target[] {
  const inputs = arrayAt(parameters, key);
  if (inputs.length === 0) throw new Fault(`'${key}' is empty, expected at least one input`);
  return inputs.map((input, index) =>
    within(`${key}[${index}]`, () => parseTarget(asObject(input), defaults)),
  );
}

/** As parseTargets, for a parameter that takes exactly one input. */
export function parseSingleTarget(parameters: JsonObject, key: string, defaults: TargetDefaults): Target {
  const targets = parseTargets(parameters, key, defaults);
  if (targets.length > 1) throw new Fault(`'${key}' has ${targets.length} inputs, expected one`);
  return targets[0]!;
}

function parseTarget(input: JsonObject, defaults: TargetDefaults): Target {
  const { source, transformers } =
    get(input, 'transformers') === undefined
      ? defaults
      : parseTransformers(optionalStringsAt(input, 'transformers'));
  return { address: parseAddress(input), keyPath: parseKeyPath(input), source, transformers };
}

export function parseAddress(input: JsonObject): string {
  const address = stringAt(input, 'address');
  if (address === '') throw new Fault("'address' is empty");
  return address;
}

export function parseKeyPath(input: JsonObject): KeyPath {
  const items = optionalArrayAt(input, 'key_path');
  if (items.length > MAX_KEY_PATH) throw new Fault(`'key_path' is longer than ${MAX_KEY_PATH}`);
  return items.map((item, index) => {
    if (typeof item === 'number' && Number.isSafeInteger(item)) return item;
    const text = scalarText(item);
    if (text === undefined) throw new Fault(`'key_path[${index}]' is neither a string nor an integer`);
    if (text === '') throw new Fault(`'key_path[${index}]' is empty`);
    return text;
  });
}

/** Reads `rules_target`: references to rules by id or by tags. */
export function parseRuleTargets(element: JsonObject): RuleTarget[] {
  return optionalArrayAt(element, 'rules_target').map((item, index) =>
    within(`rules_target[${index}]`, () => {
      const reference = asObject(item);
      if (get(reference, 'rule_id') !== undefined) return { rule_id: stringAt(reference, 'rule_id') };
      const tags = parseTags(optionalObjectAt(reference, 'tags'));
      if (tags.size === 0) throw new Fault("has neither 'rule_id' nor 'tags'");
      return { tags: Object.fromEntries(tags) };
    }),
  );
}

export function parseTags(object: JsonObject): Map<string, string> {
  return new Map(
    Object.keys(object).map((key): [string, string] => [key, within('tags', () => stringAt(object, key))]),
  );
}

/** Whether a rule is meant by one of `targets`; every one is, if there are none. Tags must all agree. */
export function isTargeted(
  rule: { id: string; tags: ReadonlyMap<string, string> },
  targets: readonly RuleTarget[],
): boolean {
  return targets.length === 0 || targets.some((target) => matchesTarget(rule, target));
}

function matchesTarget(rule: { id: string; tags: ReadonlyMap<string, string> }, target: RuleTarget): boolean {
  if ('rule_id' in target) return rule.id === target.rule_id;
  return Object.entries(target.tags).every(([key, value]) => rule.tags.get(key) === value);
}
