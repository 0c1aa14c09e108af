import type { Attributes, SpanBatch, SpanRecord } from '@wardline/telemetry';
import { type NativeBlock, nativeBlock } from '../store/native/block.ts';
import { LowCardinalityColumn } from '../store/native/low-cardinality-column.ts';
import { MapColumn } from '../store/native/map-column.ts';
import { UInt8Column, UInt64Column } from '../store/native/number-columns.ts';
import { StringColumn } from '../store/native/string-column.ts';
import { attributeText } from './attribute-text.ts';
import type { ResourceColumns } from './resource-columns.ts';

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['unset', 'ok', 'error'];

/** Rows of the table `spans` (`store/schema/0001_spans.sql`). On the request path. */
export class SpanColumns {
  readonly #columns = {
    trace_id: new StringColumn(),
    span_id: new StringColumn(),
    parent_span_id: new StringColumn(),
    trace_state: new StringColumn(),
    name: new LowCardinalityColumn(),
    kind: new LowCardinalityColumn(),
    service: new LowCardinalityColumn(),
    env: new LowCardinalityColumn(),
    version: new LowCardinalityColumn(),
    host: new LowCardinalityColumn(),
    start_time: new UInt64Column("DateTime64(9, 'UTC')"),
    duration_ns: new UInt64Column(),
    status: new LowCardinalityColumn(),
    status_message: new StringColumn(),
    scope: new LowCardinalityColumn(),
    resource: new MapColumn(),
    attributes: new MapColumn(),
    events: new StringColumn(),
    has_appsec_event: new UInt8Column(),
  };
  readonly #all = Object.values(this.#columns);
  #rows = 0;
  /** Whose resource and scope the last row has. */
  #batch: object | undefined;

  get rows(): number {
    return this.#rows;
  }

  /** Bytes of memory that the rows take, about. */
  get size(): number {
    let size = 0;
    for (const column of this.#all) size += column.size;
    return size;
  }

  /** `batch` is the one that the span is of, `resource` what is made of its resource. */
  append(
    batch: Pick<SpanBatch, 'resource' | 'scope'>,
    resource: ResourceColumns,
    span: SpanRecord,
    hasAppsecEvent: boolean,
  ): void {
    const columns = this.#columns;
    columns.trace_id.append(span.traceId);
    columns.span_id.append(span.spanId);
    columns.parent_span_id.append(span.parentSpanId);
    columns.trace_state.append(span.traceState);
    columns.name.append(span.name);
    columns.kind.append(KINDS[span.kind]!);
    columns.start_time.append(span.startTime);
    columns.duration_ns.append(span.endTime > span.startTime ? span.endTime - span.startTime : 0n);
    columns.status.append(STATUSES[span.status.code]!);
    columns.status_message.append(span.status.message);
    appendMap(columns.attributes, span.attributes);
    columns.events.append(eventsJson(span));
    columns.has_appsec_event.append(hasAppsecEvent ? 1 : 0);
    columns.service.append(resource.service);
    columns.env.append(resource.env);
    columns.version.append(resource.version);
    columns.host.append(resource.host);
    columns.scope.append(batch.scope.name);
    if (this.#batch === batch) columns.resource.repeatLast();
    else appendMap(columns.resource, batch.resource);
    this.#batch = batch;
    this.#rows++;
  }

  /** Takes back the rows from number `rows` on, one that is half written too. */
  truncate(rows: number): void {
    for (const column of this.#all) column.truncate(rows);
    this.#rows = rows;
    this.#batch = undefined;
  }

  /** The rows from number `from` up to `to`, at least one; a copy. */
  block(from = 0, to = this.#rows): NativeBlock {
    return nativeBlock(this.#columns, from, to);
  }
}

function appendMap(column: MapColumn, attributes: Attributes): void {
  for (const key in attributes) column.append(key, attributeText(attributes[key]));
  column.endRow();
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
