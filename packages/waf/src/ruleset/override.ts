import { fail } from './fault.ts';
import { booleanAt, get, type JsonObject, stringAt, stringsAt } from './json.ts';
import { parseTags } from './reference.ts';
import type { Override } from './specification.ts';
import { parseRuleTargets } from './target.ts';

/** Reads one element of `rules_override`. Without `rules_target` its `id` is that of the rule. Throws a Fault. */
export function parseOverride(element: JsonObject): Override {
  const listed = parseRuleTargets(element);
  const targets = listed.length > 0 ? listed : [{ id: stringAt(element, 'id') }];
  if (new Set(targets.map((target) => 'id' in target)).size > 1) {
    fail("'rules_target' mixes rule ids and tags, use two overrides");
  }
  const override: Override = {
    targets,
    enabled: get(element, 'enabled') === undefined ? undefined : booleanAt(element, 'enabled'),
    onMatch: get(element, 'on_match') === undefined ? undefined : stringsAt(element, 'on_match'),
    tags: parseTags(element, {}),
  };
  if (override.enabled === undefined && !override.onMatch && override.tags.size === 0) {
    fail("changes nothing, expected 'enabled', 'on_match' or 'tags'");
  }
  return override;
}
