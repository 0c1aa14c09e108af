/** Signals and the events behind them, over HTTP: Datadog's routes, and our own for events. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Principal } from '../auth/authenticate.ts';
import { ApiError } from '../http/api-error.ts';
import { handleError } from '../http/error-handler.ts';
import { validate } from '../http/validate.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../store/store.ts';
import { listEvents } from './event-store.ts';
import {
  BODY_NAMES,
  type PageFields,
  pageLinks,
  readPageRequest,
  URL_NAMES,
  urlFields,
} from './page-request.ts';
import { renderSignal, renderTriage } from './render.ts';
import { renderEvent } from './render-event.ts';
import { changeTriage, findSignal, isUser, listSignals, type TriageChange } from './signal-store.ts';

export interface SignalRouteDeps {
  store: Store;
  state: State;
  /** How clients reach the platform, for links; what they asked for unless given. */
  publicUrl?: string;
}

const SIGNALS = '/api/v2/security_monitoring/signals';
const EVENTS = '/api/v2/security/events';

const searchBody = z
  .object({
    filter: z.looseObject({ query: z.unknown(), from: z.unknown(), to: z.unknown() }).partial().nullish(),
    page: z.looseObject({ cursor: z.unknown(), limit: z.unknown() }).partial().nullish(),
    sort: z.unknown().optional(),
  })
  .nullish();

const version = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .optional();
/** Text that PostgreSQL takes. */
const text = z
  .string()
  .max(10_000)
  .refine((value) => !value.includes('\0'), 'must not have NUL characters');

const stateBody = z.object({
  data: z.object({
    attributes: z.object({
      state: z.enum(['open', 'archived', 'under_review']),
      archive_reason: z
        .enum([
          'none',
          'false_positive',
          'testing_or_maintenance',
          'remediated',
          'investigated_case_opened',
          'true_positive_benign',
          'true_positive_malicious',
          'other',
        ])
        .optional(),
      archive_comment: text.optional(),
      version,
    }),
  }),
});

const assigneeBody = z.object({
  data: z.object({
    attributes: z.object({
      assignee: z.object({ uuid: z.union([z.literal(''), z.uuid()]) }),
      version,
    }),
  }),
});

/** Registers the routes. Who may call them is for a hook of the app to say. */
export function registerSignalRoutes(
  app: FastifyInstance,
  { store, state, publicUrl }: SignalRouteDeps,
): void {
  const urlOf = (request: FastifyRequest, path: string) => {
    const asked = `${request.protocol}://${request.host}`;
    return new URL(path, publicUrl ?? (URL.canParse(asked) ? asked : 'http://localhost'));
  };

  const signalsPage = async (
    request: FastifyRequest,
    fields: PageFields,
    names: Readonly<Record<keyof PageFields, string>>,
  ) => {
    const now = Date.now();
    const { signals, last } = await listSignals(state, readPageRequest(fields, names, now), now);
    return { data: signals.map(renderSignal), ...pageLinks(last, linkTo(urlOf(request, SIGNALS), fields)) };
  };

  const signalOf = async (request: FastifyRequest) => {
    const { id } = request.params as { id: string };
    const signal = await findSignal(state, id);
    if (!signal) throw new ApiError(404, 'Signal not found');
    return signal;
  };

  const triage = async (request: FastifyRequest, change: Omit<TriageChange, 'by'>) => {
    const { id } = await signalOf(request);
    const by = userOf(request.principal);
    if (!(await changeTriage(state, id, { ...change, by }, Date.now())))
      throw new ApiError(
        409,
        'The signal has been changed since the version that the change names; read it again',
      );
    return { data: renderTriage(await signalOf(request)) };
  };

  app.register(async (routes) => {
    routes.setErrorHandler(handleError);

    routes.get(SIGNALS, (request) => signalsPage(request, urlFields(request.query), URL_NAMES));

    routes.post(`${SIGNALS}/search`, (request) => {
      const body = validate(searchBody, request.body);
      const fields = { ...body?.filter, ...body?.page, sort: body?.sort };
      return signalsPage(request, fields, BODY_NAMES);
    });

    routes.get(`${SIGNALS}/:id`, async (request) => ({ data: renderSignal(await signalOf(request)) }));

    routes.patch(`${SIGNALS}/:id/state`, (request) => {
      const { attributes } = validate(stateBody, request.body).data;
      return triage(request, {
        state: attributes.state,
        // Reason and comment belong to the change that gives them.
        archiveReason: attributes.archive_reason ?? 'none',
        archiveComment: attributes.archive_comment ?? '',
        ...(attributes.version !== undefined && { version: attributes.version }),
      });
    });

    routes.patch(`${SIGNALS}/:id/assignee`, async (request) => {
      const { assignee, version } = validate(assigneeBody, request.body).data.attributes;
      if (assignee.uuid !== '' && !(await isUser(state, assignee.uuid)))
        throw new ApiError(400, `There is no user with the uuid ${assignee.uuid}`);
      return triage(request, { assignee: assignee.uuid || null, ...(version !== undefined && { version }) });
    });

    routes.get(`${SIGNALS}/:id/events`, async (request) => {
      const now = Date.now();
      const fields = urlFields(request.query);
      const page = readPageRequest(fields, URL_NAMES, now);
      const signal = await signalOf(request);
      const { events, last } = await listEvents(store, page, now, signal);
      const url = urlOf(request, `${SIGNALS}/${encodeURIComponent(signal.id)}/events`);
      return { data: events.map(renderEvent), ...pageLinks(last, linkTo(url, fields)) };
    });

    routes.get(EVENTS, async (request) => {
      const now = Date.now();
      const fields = urlFields(request.query);
      const { events, last } = await listEvents(store, readPageRequest(fields, URL_NAMES, now), now);
      return { data: events.map(renderEvent), ...pageLinks(last, linkTo(urlOf(request, EVENTS), fields)) };
    });
  });
}

/** The URL of the same list, from its start. */
function linkTo(url: URL, fields: PageFields): URL {
  for (const [field, name] of Object.entries(URL_NAMES)) {
    const value = fields[field as keyof PageFields];
    if (typeof value === 'string' || typeof value === 'number') url.searchParams.set(name, String(value));
  }
  return url;
}

const userOf = (principal: Principal | undefined): string | null =>
  principal?.kind === 'session' ? principal.user.id : null;
