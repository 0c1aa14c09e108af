import type { Matcher } from '../match/matcher.ts';
import { scalarOperator } from './condition.ts';
import { fail, within } from './fault.ts';
import { get, type JsonObject, objectAt, objectsAt, stringAt } from './json.ts';
import { isReferredTo, parseReference, parseTags } from './reference.ts';
import type { Reference, Scanner, ScannerSelection } from './specification.ts';
import { checkVersionRange } from './version.ts';

/** Reads elements of `scanners`. They are checked now, each expression once, and compiled when they are needed. */
export function scannerParser(): (element: JsonObject, id: string) => Scanner {
  const checked = new Set<string>();

  const parsePart = (element: JsonObject, part: 'key' | 'value') => {
    if (get(element, part) === undefined) return undefined;
    return within(part, () => {
      const definition = JSON.stringify(objectAt(element, part));
      if (!checked.has(definition)) parseMatcher(definition);
      checked.add(definition);
      return () => parseMatcher(definition);
    });
  };

  return (element, id) => {
    checkVersionRange(element);
    const tags = parseTags(element);
    const key = parsePart(element, 'key');
    const value = parsePart(element, 'value');
    if (!key && !value) fail("has neither 'key' nor 'value'");
    return { id, tags, key, value };
  };
}

function parseMatcher(definition: string): Matcher {
  const object = JSON.parse(definition) as JsonObject;
  const parser = scalarOperator(stringAt(object, 'operator'));
  const parameters = objectAt(object, 'parameters');
  const matcher = within('parameters', () => parser.parse(parameters));
  if ('data' in matcher) fail("'parameters.data' is not for scanners, expected 'parameters.list'");
  return matcher;
}

/** Reads references to scanners, by id or by tags, under `key`. */
export function parseScannerReferences(element: JsonObject, key: string): Reference[] {
  return objectsAt(element, key, (reference) => parseReference(reference, 'id'), []);
}

/** Indices of the scanners that a selection is of, ascending. What is excluded is out, whoever includes it. */
export function selectScanners(
  { include, exclude }: ScannerSelection,
  scanners: readonly Scanner[],
): number[] {
  return scanners.flatMap((scanner, index) =>
    isReferredTo(scanner, include) && !isReferredTo(scanner, exclude) ? [index] : [],
  );
}
