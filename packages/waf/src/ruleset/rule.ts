import { parseConditions } from './condition.ts';
import { fail, within } from './fault.ts';
import {
  asObject,
  booleanAt,
  get,
  isScalar,
  type JsonObject,
  nonEmpty,
  objectAt,
  stringAt,
  stringsAt,
} from './json.ts';
import { parseTags } from './reference.ts';
import type { AttributeSource, Rule } from './specification.ts';
import { parseLocation, parseTransformers } from './target.ts';
import { checkVersionRange } from './version.ts';

/** Reads one element of `rules`, `rules_compat` or `custom_rules`. Throws a Fault. */
export function parseRule(element: JsonObject, id: string, origin: Rule['origin']): Rule {
  checkVersionRange(element);
  const defaults = within('transformers', () => parseTransformers(stringsAt(element, 'transformers', [])));
  const conditions = nonEmpty('conditions', parseConditions(element, defaults));

  const tags = parseTags(element);
  if (!tags.has('type')) fail("tags: missing key 'type', expected a string");

  const output = objectAt(element, 'output', {});
  const event = booleanAt(output, 'event', true);
  const attributes = parseAttributes(objectAt(output, 'attributes', {}));
  if (!event && attributes.size === 0) fail('generates neither an event nor attributes');

  return {
    id,
    origin,
    name: stringAt(element, 'name'),
    enabled: booleanAt(element, 'enabled', true),
    tags,
    conditions,
    onMatch: stringsAt(element, 'on_match', []),
    event,
    keep: booleanAt(output, 'keep', true),
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
  if (value === undefined) return parseLocation(attribute);
  if (isScalar(value)) return { value };
  fail("'value' is not a scalar");
}
