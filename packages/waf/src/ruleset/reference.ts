import { within } from './fault.ts';
import { get, type JsonObject, objectAt, stringAt } from './json.ts';
import type { Reference } from './specification.ts';

/** Reads a reference: the id under the key `id`, or else `tags`, which may be none. */
export function parseReference(element: JsonObject, id: string): Reference {
  return get(element, id) === undefined ? { tags: parseTags(element, {}) } : { id: stringAt(element, id) };
}

/** Reads `tags`. */
export function parseTags(element: JsonObject, fallback?: JsonObject): Map<string, string> {
  const tags = objectAt(element, 'tags', fallback);
  return within('tags', () => new Map(Object.keys(tags).map((key) => [key, stringAt(tags, key)])));
}

/** Whether one of the references is to what has this id and these tags. Without any tags one refers to nothing. */
export function isReferredTo(
  { id, tags }: { id: string; tags: ReadonlyMap<string, string> },
  references: readonly Reference[],
): boolean {
  return references.some((reference) =>
    'id' in reference
      ? reference.id === id
      : reference.tags.size > 0 && [...reference.tags].every(([tag, value]) => tags.get(tag) === value),
  );
}
