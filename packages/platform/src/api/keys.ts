import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Key, KeyKind, Keys } from '../auth/keys.ts';
import { ApiError } from '../http/api-error.ts';
import { plainText, validate } from '../http/validate.ts';

interface KeyRoutes {
  kind: KeyKind;
  /** JSON:API's type of the resource. */
  type: string;
  title: string;
  /** Datadog's clients create application keys under the current user and list them under the organisation. */
  paths: readonly string[];
}

const ROUTES: readonly KeyRoutes[] = [
  { kind: 'api', type: 'api_keys', title: 'API key', paths: ['/api/v2/api_keys'] },
  {
    kind: 'application',
    type: 'application_keys',
    title: 'Application key',
    paths: ['/api/v2/application_keys', '/api/v2/current_user/application_keys'],
  },
];

const SORTS = {
  created_at: (a: Key, b: Key) => a.createdAt.getTime() - b.createdAt.getTime(),
  modified_at: (a: Key, b: Key) => a.createdAt.getTime() - b.createdAt.getTime(),
  last4: (a: Key, b: Key) => compare(a.last4, b.last4),
  name: (a: Key, b: Key) => compare(a.name, b.name),
};
type Sort = keyof typeof SORTS;
const sorts = Object.keys(SORTS).flatMap((sort) => [sort, `-${sort}`]) as [string, ...string[]];

const listQuery = z.object({
  'page[size]': z.coerce.number().int().min(1).max(1_000).default(100),
  'page[number]': z.coerce.number().int().min(0).default(0),
  sort: z.enum(sorts).default('name'),
  filter: z.string().max(1_000).default(''),
});

const body = (type: string) =>
  z.object({
    data: z.object({
      type: z.literal(type),
      attributes: z.object({ name: plainText(200).trim().min(1) }),
    }),
  });

const parameters = z.object({ id: z.string() });

/** Managing API keys and application keys, as in Datadog's API; a key itself is in the answer to its creation only. */
export function registerKeys(app: FastifyInstance, keys: Keys): void {
  for (const routes of ROUTES) {
    for (const path of routes.paths) registerKind(app, keys, routes, path);
  }
}

function registerKind(
  app: FastifyInstance,
  keys: Keys,
  { kind, type, title }: KeyRoutes,
  path: string,
): void {
  const bodySchema = body(type);
  const resource = (key: Key, text?: string) => ({
    type,
    id: key.id,
    attributes: {
      name: key.name,
      ...(text !== undefined && { key: text }),
      last4: key.last4,
      created_at: key.createdAt.toISOString(),
      ...(kind === 'api' && { modified_at: key.createdAt.toISOString() }),
    },
  });
  const notFound = () => new ApiError(404, `${title} not found`);
  const idOf = (params: unknown): string => {
    const { id } = validate(parameters, params);
    // Anything else can't be an id, and the database would refuse it.
    if (!z.uuid().safeParse(id).success) throw notFound();
    return id;
  };

  app.get(path, async (request) => {
    const { sort, filter, ...page } = validate(listQuery, request.query);
    const order = SORTS[sort.replace('-', '') as Sort];
    const all = (await keys.list(kind)).filter((key) =>
      key.name.toLowerCase().includes(filter.toLowerCase()),
    );
    all.sort(sort.startsWith('-') ? (a, b) => order(b, a) : order);
    const start = page['page[number]'] * page['page[size]'];
    return {
      data: all.slice(start, start + page['page[size]']).map((key) => resource(key)),
      meta: { page: { total_filtered_count: all.length } },
    };
  });

  app.post(path, async (request, reply) => {
    const { data } = validate(bodySchema, request.body);
    const { key, text } = await keys.create(kind, data.attributes.name);
    return reply.code(201).send({ data: resource(key, text) });
  });

  app.get(`${path}/:id`, async (request) => {
    const key = await keys.get(kind, idOf(request.params));
    if (!key) throw notFound();
    return { data: resource(key) };
  });

  app.patch(`${path}/:id`, async (request) => {
    const id = idOf(request.params);
    const { data } = validate(bodySchema, request.body);
    const key = await keys.rename(kind, id, data.attributes.name);
    if (!key) throw notFound();
    return { data: resource(key) };
  });

  app.delete(`${path}/:id`, async (request, reply) => {
    if (!(await keys.revoke(kind, idOf(request.params)))) throw notFound();
    return reply.code(204).send();
  });
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
