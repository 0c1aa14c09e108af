/** The platform's REST API, as far as the UI uses it: one function a route, and the shapes that they answer with. */
import { toBlockedIp, toSignal, type WireBlockedIp, type WireSignal } from './wire.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const STATES = ['open', 'under_review', 'archived'] as const;
export type State = (typeof STATES)[number];

/** An answer other than success, or none: `status` is 0 if the platform could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  /** Seconds to wait before another try, where the platform says so. */
  readonly retryAfter: number | undefined;
  constructor(status: number, message: string, retryAfter?: number) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export interface Session {
  email: string;
  name: string;
}

export interface Signal {
  id: string;
  severity: Severity;
  title: string;
  state: State;
  archiveReason: string;
  archiveComment: string;
  /** Who changed the state last, if a person did. */
  updatedBy: string;
  services: string[];
  envs: string[];
  hosts: string[];
  ips: string[];
  users: string[];
  userAgents: string[];
  methods: string[];
  routes: string[];
  /** `sql_injection`, … */
  types: string[];
  /** `vulnerability_trigger`, `attack_attempt`, `business_logic`. */
  categories: string[];
  /** Whether at least one of its events was blocked. */
  blocked: boolean;
  events: number;
  /** ISO 8601, like all times here. */
  firstSeen: string;
  lastSeen: string;
  rule: { id: string; name: string; version: number };
  case: { name: string; condition: string };
  queries: SignalQuery[];
  /** Markdown: what the rule is for and what to do. */
  message: string;
}

export interface SignalQuery {
  name: string;
  query: string;
  aggregation: string;
  groupByPaths: string[];
  distinctFields: string[];
  aggregationDetails: { value: number };
}

export interface SecurityEvent {
  event_id: string;
  timestamp: string;
  trace_id: string;
  span_id: string;
  service: string;
  env: string;
  activity: string;
  category: string;
  type: string;
  rule_id: string;
  rule_name: string;
  blocked: boolean;
  client_ip: string;
  user_id: string;
  user_login: string;
  user_agent: string;
  method: string;
  route: string;
  path: string;
  status_code: number;
  address: string;
  key_path: string;
  value: string;
  highlight: string;
  operator: string;
  /** The trigger and the stack as the agent sent them; read them by `lib/attacks.ts`. */
  trigger: unknown;
  stack: unknown;
}

export interface Span {
  spanIDHex: string;
  parentIDHex: string;
  service: string;
  name: string;
  resource: string;
  type: string;
  kind: string;
  /** Nanoseconds since the epoch, to a quarter of a microsecond: JSON's numbers hold no more. */
  startTime: number;
  /** Nanoseconds. */
  duration: number;
  error: 0 | 1;
  status: string;
  statusMessage: string;
  scope: string;
  env: string;
  version: string;
  host: string;
  meta: Record<string, string>;
  events: { name?: string; time?: string | number; attributes?: Record<string, unknown> }[];
  resourceAttributes: Record<string, string>;
}

export interface Trace {
  id: string;
  truncated: boolean;
  spans: Span[];
}

export interface BlockedIp {
  value: string;
  reason: string;
  createdBy: string;
  createdAt: string;
  /** Null: until it is taken off the list. */
  expiresAt: string | null;
}

/** What a list shows: a query in the API's language, both ends of the time, and the order. */
export interface ListRequest {
  query: string;
  from: string;
  to: string;
  sort: 'timestamp' | '-timestamp';
  limit: number;
  cursor?: string | undefined;
}

export interface Page<T> {
  items: T[];
  /** The cursor of the next page, if this is not the last. */
  next: string | undefined;
}

export interface Resource<T> {
  id: string;
  attributes: T;
}
interface ListAnswer<T> {
  data: Resource<T>[];
  meta?: { page?: { after?: string } };
}

const SIGNALS = '/api/v2/security_monitoring/signals';
const BLOCKED_IPS = '/api/v2/security/blocked_ips';

export const api = {
  async signIn(email: string, password: string): Promise<Session> {
    const answer = await send<{ data: Resource<Session> }>('POST', '/api/v2/session', { email, password });
    return answer.data.attributes;
  },
  /** Who is signed in, or null. */
  async session(signal: AbortSignal): Promise<Session | null> {
    const { data } = await get<{ data: Resource<Session> | null }>('/api/v2/session', {}, signal);
    return data?.attributes ?? null;
  },
  async signOut(): Promise<void> {
    await send('DELETE', '/api/v2/session');
  },
  async signals(request: ListRequest, signal: AbortSignal): Promise<Page<Signal>> {
    const answer = await get<ListAnswer<WireSignal>>(SIGNALS, listFields(request), signal);
    return { items: answer.data.map(toSignal), next: answer.meta?.page?.after };
  },
  async signal(id: string, signal: AbortSignal): Promise<Signal> {
    const path = `${SIGNALS}/${encodeURIComponent(id)}`;
    return toSignal((await get<{ data: Resource<WireSignal> }>(path, {}, signal)).data);
  },
  /** The newest events behind a signal. */
  async signalEvents(id: string, limit: number, signal: AbortSignal): Promise<Page<SecurityEvent>> {
    const path = `${SIGNALS}/${encodeURIComponent(id)}/events`;
    const answer = await get<ListAnswer<SecurityEvent>>(path, { 'page[limit]': String(limit) }, signal);
    return { items: answer.data.map(({ attributes }) => attributes), next: answer.meta?.page?.after };
  },
  async setState(id: string, state: State, reason: string, comment: string): Promise<void> {
    const attributes = { state, archive_reason: reason, archive_comment: comment };
    await send('PATCH', `${SIGNALS}/${encodeURIComponent(id)}/state`, { data: { attributes } });
  },
  async trace(id: string, signal: AbortSignal): Promise<Trace> {
    const path = `/api/v2/trace/${encodeURIComponent(id)}`;
    const { data } = await get<{ data: Resource<{ is_truncated: boolean; spans: Span[] }> }>(
      path,
      {},
      signal,
    );
    return { id: data.id, truncated: data.attributes.is_truncated, spans: data.attributes.spans };
  },
  async blockedIps(signal: AbortSignal): Promise<BlockedIp[]> {
    const answer = await get<{ data: Resource<WireBlockedIp>[] }>(BLOCKED_IPS, {}, signal);
    return answer.data.map(({ attributes }) => toBlockedIp(attributes));
  },
  /** `force` blocks also what the platform warns of, such as its own network. */
  async blockIp(value: string, seconds: number, reason: string, force: boolean): Promise<BlockedIp> {
    const attributes = { value, reason, duration_seconds: seconds, force };
    const answer = await send<{ data: Resource<WireBlockedIp> }>('POST', BLOCKED_IPS, {
      data: { type: 'blocked_ips', attributes },
    });
    return toBlockedIp(answer.data.attributes);
  },
  async unblockIp(value: string): Promise<void> {
    await send('DELETE', `${BLOCKED_IPS}/${encodeURIComponent(value)}`);
  },
};

const listFields = ({ query, from, to, sort, limit, cursor }: ListRequest): Record<string, string> => ({
  'filter[query]': query,
  'filter[from]': from,
  'filter[to]': to,
  sort,
  'page[limit]': String(limit),
  ...(cursor === undefined ? {} : { 'page[cursor]': cursor }),
});

function get<T>(path: string, fields: Record<string, string>, signal: AbortSignal): Promise<T> {
  const search = new URLSearchParams(fields).toString();
  return request<T>(search === '' ? path : `${path}?${search}`, { signal });
}

function send<T = void>(method: string, path: string, body?: unknown): Promise<T> {
  return request<T>(path, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
}

/** Throws an ApiError, with the platform's own words where it gave any. */
async function request<T>(url: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, 'The platform could not be reached.');
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  const body = (await response.json().catch(() => ({}))) as { errors?: unknown[] };
  const errors = (body.errors ?? []).filter((error) => typeof error === 'string');
  throw new ApiError(
    response.status,
    errors.join('; ') || `The platform answered ${response.status}.`,
    retryAfter,
  );
}
