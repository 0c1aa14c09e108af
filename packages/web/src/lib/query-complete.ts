/** What may come next in a search query: names of fields, and known values of a field. */
import { quoteValue } from './query-facets.ts';

export interface Completion {
  /** What stands in the list. */
  label: string;
  /** The query with it, and where the caret goes. */
  text: string;
  caret: number;
}

/** The field names that are offered, with values where they are few; other values come from what is on the page. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  status: ['critical', 'high', 'medium', 'low', 'info'],
  service: [],
  env: [],
  host: [],
  '@workflow.rule.name': [],
  '@workflow.triage.state': ['open', 'under_review', 'archived'],
  '@workflow.triage.assignee.handle': [],
  '@workflow.events_matched': [],
  '@appsec.type': [],
  '@appsec.blocked': ['true', 'false'],
  '@http.client_ip': [],
  '@http.method': [],
  '@http.route': [],
  '@http.useragent': [],
  '@usr.id': [],
  '@usr.login': [],
};

const MOST = 8;

/**
 * Completions of the word that ends at the caret. `values` are known values by field. None inside quotes, and none where
 * the word is whole already.
 */
export function complete(
  text: string,
  caret: number,
  values: Readonly<Record<string, readonly string[]>>,
): Completion[] {
  const before = text.slice(0, caret);
  if ((before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) return [];
  const word = /[^\s()]*$/.exec(before)![0].replace(/^-/, '');
  const colon = word.indexOf(':');
  const start = caret - word.length;
  if (colon >= 0) {
    const field = word.slice(0, colon);
    const given = word.slice(colon + 1);
    return offer(valuesOf(field, values), given).map((value) =>
      insert(text, start + colon + 1, caret, value, `${quoteValue(value)} `),
    );
  }
  // `env:(a OR |` still is about env.
  const group = /(@?[\w.-]+):\([^()]*$/.exec(before)?.[1];
  if (group !== undefined)
    return offer(valuesOf(group, values), word).map((value) =>
      insert(text, start, caret, value, `${quoteValue(value)} `),
    );
  if (word === '') return [];
  return offer(Object.keys(FIELDS), word).map((field) => insert(text, start, caret, field, `${field}:`));
}

function valuesOf(field: string, values: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const fixed = Object.hasOwn(FIELDS, field) ? FIELDS[field]! : [];
  return fixed.length > 0 ? fixed : Object.hasOwn(values, field) ? values[field]! : [];
}

/** Those that begin with what is given first, then those that have it elsewhere. */
function offer(all: readonly string[], given: string): string[] {
  const wanted = given.toLowerCase();
  const places = all.map(
    (item) => [item, item.toLowerCase().replace(/^@/, '').indexOf(wanted.replace(/^@/, ''))] as const,
  );
  const found = places.filter(([item, place]) => place >= 0 && item.toLowerCase() !== wanted);
  return found
    .sort(([, a], [, b]) => Number(a > 0) - Number(b > 0))
    .slice(0, MOST)
    .map(([item]) => item);
}

function insert(text: string, from: number, to: number, label: string, inserted: string): Completion {
  const rest = text.slice(to);
  const added = inserted.endsWith(' ') && /^[\s)]/.test(rest) ? inserted.trimEnd() : inserted;
  return { label, text: text.slice(0, from) + added + rest, caret: from + added.length };
}
