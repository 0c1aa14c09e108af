import { type Transformer, transformerByName } from '../transform/index.ts';
import type { KeyPath, RuleTarget } from '../types.ts';
import { fail, within } from './fault.ts';
import {
  arrayAt,
  get,
  type JsonObject,
  nonEmpty,
  objectAt,
  objectsAt,
  scalarText,
  stringAt,
  stringsAt,
} from './json.ts';
import { KEYS, type Location, type Source, type Target, VALUES } from './specification.ts';

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
export function parseRuleTargets(element: JsonObject): RuleTarget[] {
  return objectsAt(
    element,
    'rules_target',
    (reference) => {
      if (get(reference, 'rule_id') !== undefined) return { rule_id: stringAt(reference, 'rule_id') };
      const tags = parseTags(reference, {});
      if (tags.size === 0) fail("has neither 'rule_id' nor 'tags'");
      return { tags: Object.fromEntries(tags) };
    },
    [],
  );
}

/** Reads `tags`. */
export function parseTags(element: JsonObject, fallback?: JsonObject): Map<string, string> {
  const tags = objectAt(element, 'tags', fallback);
  return within('tags', () => new Map(Object.keys(tags).map((key) => [key, stringAt(tags, key)])));
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
