import type { Attributes, SpanBatch, SpanRecord } from '@wardline/telemetry';
import { attributeText } from './attribute-text.ts';
import type { ResourceColumns } from './resource-columns.ts';
import { RowWriter } from './row-writer.ts';

const SHARED_CAPACITY = 1024;
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['unset', 'ok', 'error'];

/**
 * Writes a batch's spans as rows of the table `spans` (`store/schema/0001_spans.sql`), in JSONEachRow. On the request
 * path. Columns that all spans of a batch share are made once, when the writer is.
 */
export class SpanRows {
  readonly #shared: Uint8Array;

  constructor(
    batch: Pick<SpanBatch, 'resource' | 'scope'>,
    { service, env, version, host }: ResourceColumns,
  ) {
    const shared = new RowWriter(SHARED_CAPACITY);
    shared.raw('{"service":');
    shared.string(service);
    shared.raw(',"env":');
    shared.string(env);
    shared.raw(',"version":');
    shared.string(version);
    shared.raw(',"host":');
    shared.string(host);
    shared.raw(',"scope":');
    shared.string(batch.scope.name);
    shared.raw(',"resource":');
    writeMap(shared, batch.resource);
    this.#shared = shared.bytes();
  }

  write(rows: RowWriter, span: SpanRecord, hasAppsecEvent: boolean): void {
    rows.copy(this.#shared);
    rows.raw(',"trace_id":"');
    rows.raw(span.traceId);
    rows.raw('","span_id":"');
    rows.raw(span.spanId);
    rows.raw('","parent_span_id":"');
    rows.raw(span.parentSpanId);
    rows.raw('","trace_state":');
    rows.string(span.traceState);
    rows.raw(',"name":');
    rows.string(span.name);
    rows.raw(',"kind":"');
    rows.raw(KINDS[span.kind]!);
    // Without quotes a DateTime64(9) is a number of nanoseconds.
    rows.raw('","start_time":');
    rows.raw(String(span.startTime));
    rows.raw(',"duration_ns":');
    rows.raw(span.endTime > span.startTime ? String(span.endTime - span.startTime) : '0');
    rows.raw(',"status":"');
    rows.raw(STATUSES[span.status.code]!);
    rows.raw('","status_message":');
    rows.string(span.status.message);
    rows.raw(',"attributes":');
    writeMap(rows, span.attributes);
    rows.raw(',"events":');
    rows.string(eventsJson(span));
    rows.raw(hasAppsecEvent ? ',"has_appsec_event":1}\n' : ',"has_appsec_event":0}\n');
  }
}

function writeMap(rows: RowWriter, attributes: Attributes): void {
  let separator = '{';
  for (const key in attributes) {
    rows.raw(separator);
    rows.string(key);
    rows.raw(':');
    rows.string(attributeText(attributes[key]));
    separator = ',';
  }
  rows.raw(separator === '{' ? '{}' : '}');
}

/** The column `events`: JSON, `[{ "time": "<nanoseconds>", "name", "attributes": { … as text } }]`. */
function eventsJson({ events }: SpanRecord): string {
  if (events.length === 0) return '[]';
  return JSON.stringify(
    events.map(({ time, name, attributes }) => ({
      time: String(time),
      name,
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [key, attributeText(value)]),
      ),
    })),
  );
}
