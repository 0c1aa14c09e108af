import { parseConditions } from './condition.ts';
import { fail } from './fault.ts';
import { get, type JsonObject, nonEmpty, objectsAt, stringAt } from './json.ts';
import { BYPASS, type Exclusion } from './specification.ts';
import { parseLocation, parseRuleTargets, parseTransformers } from './target.ts';
import { checkVersionRange } from './version.ts';

/** Reads one element of `exclusions`: with `inputs` it hides inputs from rules, without it changes rules. */
export function parseExclusion(element: JsonObject, id: string): Exclusion {
  checkVersionRange(element);
  const conditions = parseConditions(element, parseTransformers([]), []);
  const targets = parseRuleTargets(element);

  if (get(element, 'inputs') !== undefined) {
    const inputs = nonEmpty('inputs', objectsAt(element, 'inputs', parseLocation));
    return { id, conditions, targets, inputs, onMatch: BYPASS };
  }

  if (conditions.length === 0 && targets.length === 0) {
    fail("empty exclusion, expected 'conditions', 'rules_target' or 'inputs'");
  }
  const onMatch = nonEmpty('on_match', stringAt(element, 'on_match', BYPASS));
  return { id, conditions, targets, inputs: undefined, onMatch };
}
