/** A row of `spans`, as spans.sql selects it: 64-bit numbers as text. */
export interface SpanRow {
  trace_id: string;
  span_id: string;
  parent_span_id: string;
  name: string;
  kind: string;
  service: string;
  env: string;
  version: string;
  host: string;
  start_ns: string;
  duration_ns: string;
  status: string;
  status_message: string;
  scope: string;
  resource: Record<string, string>;
  attributes: Record<string, string>;
  /** JSON. */
  events: string;
}

const { rawJSON } = JSON as unknown as { rawJSON(text: string): object };

/** A number of up to 64 bits in JSON with all its digits, which a JavaScript number doesn't have. */
function integer(value: bigint): object {
  return rawJSON(value.toString());
}

/**
 * A span as Datadog's API has it (`APMTraceSpan`): ids as unsigned numbers, times in nanoseconds, attributes as text in
 * `meta` and those that are numbers also in `metrics`. Ours besides: `spanIDHex` and `parentIDHex`, for readers whose
 * numbers lose digits, and what OpenTelemetry knows more.
 */
export function toApmSpan(row: SpanRow) {
  const start = BigInt(row.start_ns);
  const duration = BigInt(row.duration_ns);
  return {
    traceID: integer(BigInt(`0x0${row.trace_id.slice(-16)}`)),
    traceIDFull: row.trace_id,
    spanID: integer(BigInt(`0x0${row.span_id}`)),
    parentID: integer(BigInt(`0x0${row.parent_span_id}`)),
    service: row.service,
    name: row.name,
    resource: resourceOf(row),
    type: typeOf(row),
    startTime: integer(start),
    endTime: integer(start + duration),
    duration: integer(duration),
    error: row.status === 'error' ? 1 : 0,
    meta: row.attributes,
    metrics: metricsOf(row.attributes),
    spanIDHex: row.span_id,
    parentIDHex: row.parent_span_id,
    kind: row.kind,
    status: row.status,
    statusMessage: row.status_message,
    scope: row.scope,
    env: row.env,
    version: row.version,
    host: row.host,
    events: eventsOf(row.events),
    resourceAttributes: row.resource,
  };
}

function resourceOf({ name, attributes }: SpanRow): string {
  const method = attributes['http.request.method'];
  const route = attributes['http.route'];
  return method && route ? `${method} ${route}` : (attributes['db.query.text'] ?? name);
}

/** Datadog's types of spans; the first that applies. */
const TYPES: readonly [type: string, applies: (row: SpanRow) => boolean][] = [
  ['db', ({ attributes }) => 'db.system.name' in attributes || 'db.system' in attributes],
  ['rpc', ({ attributes }) => 'rpc.system' in attributes],
  ['queue', ({ kind }) => kind === 'producer' || kind === 'consumer'],
  ['web', ({ kind }) => kind === 'server'],
  ['http', ({ kind, attributes }) => kind === 'client' && 'http.request.method' in attributes],
];

function typeOf(row: SpanRow): string {
  return TYPES.find(([, applies]) => applies(row))?.[0] ?? 'custom';
}

const NUMBER = /^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$/;

function metricsOf(attributes: Record<string, string>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      NUMBER.test(value) ? [[name, Number(value)]] : [],
    ),
  );
}

function eventsOf(json: string): unknown[] {
  if (json === '') return [];
  try {
    const events: unknown = JSON.parse(json);
    return Array.isArray(events) ? events : [];
  } catch {
    // The rest of the trace is worth having.
    return [];
  }
}
