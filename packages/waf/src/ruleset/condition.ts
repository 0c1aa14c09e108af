import { matcherParser } from '../match/index.ts';
import type { Matcher, MatcherParser } from '../match/matcher.ts';
import { detectorVersion, parseDetector } from './detector.ts';
import { fail, within } from './fault.ts';
import { type JsonObject, objectAt, objectsAt, stringAt } from './json.ts';
import { type Condition, type DataReference, EXISTS, SCALAR } from './specification.ts';
import { parseSingleTarget, parseTargets, type TargetDefaults } from './target.ts';

/** Reads `conditions`. Throws a Fault that names the condition by its index. */
export function parseConditions(
  element: JsonObject,
  defaults: TargetDefaults,
  fallback?: unknown[],
): Condition[] {
  return objectsAt(element, 'conditions', (item) => parseCondition(item, defaults), fallback);
}

function parseCondition(item: JsonObject, defaults: TargetDefaults): Condition {
  const { name, negated, version } = parseOperator(stringAt(item, 'operator'));
  const parameters = objectAt(item, 'parameters');

  const maxVersion = negated ? undefined : detectorVersion(name);
  if (maxVersion !== undefined) {
    if (version > maxVersion) {
      fail(`'${name}@v${version}' is newer than the supported v${maxVersion}`, 'skipped');
    }
    return within('parameters', () => parseDetector(name, parameters, defaults));
  }

  const targets = () =>
    negated
      ? [parseSingleTarget(parameters, 'inputs', defaults)]
      : parseTargets(parameters, 'inputs', defaults);
  if (name === 'exists') return within('parameters', () => ({ kind: EXISTS, negated, targets: targets() }));

  const parser = scalarOperator(name, negated);
  return within('parameters', () => ({
    kind: SCALAR,
    negated,
    matcher: parser.parse(parameters),
    targets: targets(),
  }));
}

/** The parser of an operator on scalars. Throws a Fault if there is none, or no negation of it. */
export function scalarOperator(name: string, negated = false): MatcherParser<Matcher | DataReference> {
  const parser = matcherParser(name);
  if (!parser || (negated && !parser.negatable)) {
    fail(`unknown operator: '${negated ? '!' : ''}${name}'`, 'warning');
  }
  return parser;
}

/** `!name@v2` → negated, name, version 2. Without a version it is 0, which every detector supports. */
function parseOperator(text: string): { name: string; negated: boolean; version: number } {
  const parts = /^(!?)(.*?)(?:@v(\d+))?$/s.exec(text)!;
  return { negated: parts[1] === '!', name: parts[2]!, version: Number(parts[3] ?? 0) };
}
