import { parseConditions } from './condition.ts';
import { Fault, within } from './fault.ts';
import { arrayAt, asObject, get, type JsonObject, optionalArrayAt, stringAt } from './json.ts';
import type { Exclusion } from './specification.ts';
import { parseAddress, parseKeyPath, parseRuleTargets, parseTransformers } from './target.ts';
import { checkVersionRange } from './version.ts';

/** Reads one element of `exclusions`: with `inputs` it hides inputs from rules, without it changes rules. */
export function parseExclusion(element: JsonObject, id: string): Exclusion {
  checkVersionRange(element);
  const conditions = parseConditions(optionalArrayAt(element, 'conditions'), parseTransformers([]));
  const targets = parseRuleTargets(element);

  if (get(element, 'inputs') !== undefined) {
    const inputs = arrayAt(element, 'inputs').map((input, index) =>
      within(`inputs[${index}]`, () => {
        const object = asObject(input);
        return { address: parseAddress(object), keyPath: parseKeyPath(object) };
      }),
    );
    if (inputs.length === 0) throw new Fault("'inputs' is empty");
    return { id, conditions, targets, effect: { kind: 'inputs', inputs } };
  }

  if (conditions.length === 0 && targets.length === 0) {
    throw new Fault("empty exclusion, expected 'conditions', 'rules_target' or 'inputs'");
  }
  const onMatch = get(element, 'on_match') === undefined ? 'bypass' : stringAt(element, 'on_match');
  if (onMatch === '') throw new Fault("'on_match' is empty");
  return { id, conditions, targets, effect: { kind: 'rules', onMatch } };
}
