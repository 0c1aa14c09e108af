/** What every list of the API takes: a query, a range of time, an order, and which page. */
import { z } from 'zod';
import { ApiError } from '../http/api-error.ts';
import { parseQuery, parseTimeRange, type Query, type TimeRange } from '../search/index.ts';

export interface PageRequest {
  query: Query;
  range: TimeRange;
  descending: boolean;
  limit: number;
  /** Where the page before ended. */
  cursor: Position | undefined;
}

/** A place in a list that is ordered by time and then by id. */
export interface Position {
  /** As the store orders it: text, so that no precision is lost. */
  time: string;
  id: string;
}

/** The fields of a request for a page as they came, all optional. */
export interface PageFields {
  query?: unknown;
  from?: unknown;
  to?: unknown;
  sort?: unknown;
  cursor?: unknown;
  limit?: unknown;
}

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 1_000;
const MAX_CURSOR_LENGTH = 1_000;

/**
 * Reads a request for a page. `names` says how the client calls each field. `now` in milliseconds since the epoch.
 * Throws an ApiError 400, a QuerySyntaxError or a TimeSyntaxError, which are answered with 400 too.
 */
export function readPageRequest(
  fields: PageFields,
  names: Readonly<Record<keyof PageFields, string>>,
  now: number,
): PageRequest {
  const text = (field: keyof PageFields): string | undefined => {
    const value = fields[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string') throw new ApiError(400, `'${names[field]}' should be given once, as text`);
    return value;
  };
  const sort = text('sort') || '-timestamp';
  if (sort !== 'timestamp' && sort !== '-timestamp')
    throw new ApiError(400, `'${names.sort}' should be timestamp or -timestamp`);
  return {
    query: parseQuery(text('query') ?? ''),
    range: parseTimeRange(text('from'), text('to'), now),
    descending: sort === '-timestamp',
    limit: readLimit(text('limit'), names.limit),
    cursor: readCursor(text('cursor'), names.cursor),
  };
}

/** Names of the fields in a URL. */
export const URL_NAMES = {
  query: 'filter[query]',
  from: 'filter[from]',
  to: 'filter[to]',
  sort: 'sort',
  cursor: 'page[cursor]',
  limit: 'page[limit]',
} as const satisfies Record<keyof PageFields, string>;

/** Names of the fields in the body of a search. */
export const BODY_NAMES = {
  query: 'filter.query',
  from: 'filter.from',
  to: 'filter.to',
  sort: 'sort',
  cursor: 'page.cursor',
  limit: 'page.limit',
} as const satisfies Record<keyof PageFields, string>;

/** The fields of a request in its URL. */
export function urlFields(query: unknown): PageFields {
  const given = query as Record<string, unknown>;
  return Object.fromEntries(Object.entries(URL_NAMES).map(([field, name]) => [field, given[name]]));
}

function readLimit(text: string | undefined, name: string): number {
  if (text === undefined || text === '') return DEFAULT_LIMIT;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT)
    throw new ApiError(400, `'${name}' should be a whole number from 1 to ${MAX_LIMIT}`);
  return limit;
}

const cursorSchema = z.object({ after: z.string(), values: z.tuple([z.string().regex(/^\d{1,19}$/)]) });

/** The cursor of a position: base64 of JSON, as Datadog's are; clients pass it on as it is. */
export function writeCursor({ time, id }: Position): string {
  return Buffer.from(JSON.stringify({ after: id, values: [time] })).toString('base64url');
}

function readCursor(text: string | undefined, name: string): Position | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    if (text.length > MAX_CURSOR_LENGTH) throw new Error('too long');
    const { after, values } = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    if (after.includes('\0')) throw new Error('not an id');
    return { time: values[0], id: after };
  } catch {
    throw new ApiError(400, `'${name}' is not a cursor of this API; leave it out for the first page`);
  }
}

/** `meta` and `links` of a page that is not the last; neither of them for the last. */
export function pageLinks(last: Position | undefined, url: URL) {
  if (last === undefined) return {};
  const after = writeCursor(last);
  const next = new URL(url);
  next.searchParams.set(URL_NAMES.cursor, after);
  return { meta: { page: { after } }, links: { next: next.href } };
}
