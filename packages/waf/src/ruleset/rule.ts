import { parseConditions } from './condition.ts';
import { Fault, within } from './fault.ts';
import {
  arrayAt,
  asObject,
  get,
  type JsonObject,
  objectAt,
  optionalBooleanAt,
  optionalObjectAt,
  optionalStringsAt,
  stringAt,
} from './json.ts';
import type { AttributeSource, Rule } from './specification.ts';
import { parseAddress, parseKeyPath, parseTags, parseTransformers } from './target.ts';
import { checkVersionRange } from './version.ts';

/** Reads one element of `rules`, `rules_compat` or `custom_rules`. Throws a Fault. */
export function parseRule(element: JsonObject, id: string, origin: Rule['origin']): Rule {
  checkVersionRange(element);
  const defaults = within('transformers', () =>
    parseTransformers(optionalStringsAt(element, 'transformers')),
  );
  const conditions = parseConditions(arrayAt(element, 'conditions'), defaults);
  if (conditions.length === 0) throw new Fault("'conditions' is empty");

  const tags = parseTags(objectAt(element, 'tags'));
  if (!tags.has('type')) throw new Fault("tags: missing key 'type', expected a string");

  const output = optionalObjectAt(element, 'output');
  const event = optionalBooleanAt(output, 'event', true);
  const attributes = parseAttributes(optionalObjectAt(output, 'attributes'));
  if (!event && attributes.size === 0) throw new Fault('generates neither an event nor attributes');

  return {
    id,
    origin,
    name: stringAt(element, 'name'),
    enabled: optionalBooleanAt(element, 'enabled', true),
    tags,
    conditions,
    onMatch: optionalStringsAt(element, 'on_match'),
    event,
    keep: optionalBooleanAt(output, 'keep', true),
    attributes,
  };
}

function parseAttributes(attributes: JsonObject): Map<string, AttributeSource> {
  return new Map(
    Object.keys(attributes).map((key): [string, AttributeSource] => [
      key,
      within(`output.attributes.${key}`, () => parseAttribute(asObject(attributes[key]))),
    ]),
  );
}

function parseAttribute(attribute: JsonObject): AttributeSource {
  const value = get(attribute, 'value');
  if (value === undefined) return { address: parseAddress(attribute), keyPath: parseKeyPath(attribute) };
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { value };
  throw new Fault("'value' is not a scalar");
}
