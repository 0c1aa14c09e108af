import type { FieldReference } from './ast.ts';
import type { FieldReader, RowReader } from './predicate.ts';

/**
 * A plain object in the form that explorers show: reserved attributes beside each other (`status`, `service`,
 * `timestamp`), tags as `key:value`, the rest under `custom`. A signal's `attributes` on the wire are one.
 */
export interface Document {
  tags?: readonly string[];
  message?: string;
  custom?: Readonly<Record<string, unknown>>;
  readonly [reserved: string]: unknown;
}

const TIMES: ReadonlySet<string> = new Set(['timestamp', '@workflow.first_seen', '@workflow.last_seen']);

export const documentReader: RowReader<Document> = {
  field(field) {
    const values = valuesOf(field);
    if (!TIMES.has(`${field.attribute ? '@' : ''}${field.name}`)) return { kind: 'texts', read: values };
    const read = (document: Document) => Date.parse(values(document)[0] ?? '');
    return { kind: 'time', read } satisfies FieldReader<Document>;
  },
  text: (document) => [
    ...textsAt(document.custom, ['title']),
    ...textsAt(document.message, []),
    ...textsAt(document.service, []),
    ...(document.tags ?? []),
  ],
};

function valuesOf(field: FieldReference): (document: Document) => readonly string[] {
  if (field.attribute) {
    const path = field.name.split('.');
    return (document) => textsAt(document.custom, path);
  }
  const prefix = `${field.name}:`;
  return (document) =>
    Object.hasOwn(document, field.name)
      ? textsAt(document[field.name], [])
      : (document.tags ?? []).filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
}

/** The scalars at a path, as text. Each step, and the end, goes through arrays, as PostgreSQL's lax paths do. */
function textsAt(value: unknown, path: readonly string[]): string[] {
  let values = [value];
  for (const key of path) {
    values = values.flat().flatMap((item) => {
      const isObject = typeof item === 'object' && item !== null && !Array.isArray(item);
      return isObject && Object.hasOwn(item, key) ? [(item as Record<string, unknown>)[key]] : [];
    });
  }
  return values
    .flat()
    .filter((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
    .map(String);
}
