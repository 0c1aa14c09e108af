import {
  type Exception,
  type Link,
  type Span,
  type SpanAttributes,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
  type TraceState,
} from '@opentelemetry/api';
import { ATTRIBUTE, type SpanRecord } from '@wardline/telemetry';
import { BoundedAttributes } from './attributes.ts';
import { now, toMilliseconds, toNanoseconds } from './clock.ts';
import type { LocalTrace } from './local-trace.ts';

export const MAX_EVENTS = 128;
/** Bytes of a span beside its attributes, roughly: the object, its ids and its name. */
const BASE_SIZE = 600;

export interface Scope {
  readonly name: string;
  readonly version: string;
}

interface SpanEvent {
  time: number;
  name: string;
  attributes: BoundedAttributes;
}

/** A span that is written down. Hot path: an attribute costs an assignment, and everything else waits for the export. */
export class RecordingSpan implements Span {
  readonly scope: Scope;
  readonly local: LocalTrace;
  readonly parentSpanId: string;
  readonly kind: SpanKind;
  readonly startTime: number;
  name: string;
  readonly attributes = new BoundedAttributes();
  readonly #context: SpanContext;
  #events: SpanEvent[] | undefined;
  #status: SpanStatus | undefined;
  #endTime: number | undefined;

  constructor(
    scope: Scope,
    local: LocalTrace,
    name: string,
    kind: SpanKind,
    ids: { traceId: string; spanId: string; parentSpanId: string; traceState: TraceState | undefined },
    startTime: TimeInput | undefined,
  ) {
    this.scope = scope;
    this.local = local;
    this.name = name;
    this.kind = kind;
    this.parentSpanId = ids.parentSpanId;
    this.#context = { traceId: ids.traceId, spanId: ids.spanId, traceFlags: local.flags };
    if (ids.traceState !== undefined) this.#context.traceState = ids.traceState;
    this.startTime =
      startTime === undefined ? now(local.clockOrigin) : toMilliseconds(startTime, local.clockOrigin);
    local.started(this);
  }

  spanContext(): SpanContext {
    this.#context.traceFlags = this.local.flags;
    return this.#context;
  }

  setAttribute(key: string, value: unknown): this {
    if (this.#endTime !== undefined) return this;
    this.attributes.set(key, value);
    if (key === ATTRIBUTE.appsecEvent && value === true) this.local.keep();
    return this;
  }

  setAttributes(attributes: SpanAttributes): this {
    for (const key in attributes) this.setAttribute(key, attributes[key]);
    return this;
  }

  addEvent(name: string, attributesOrTime?: SpanAttributes | TimeInput, time?: TimeInput): this {
    if (this.#endTime !== undefined) return this;
    this.#events ??= [];
    if (this.#events.length >= MAX_EVENTS) return this;
    const attributes = new BoundedAttributes();
    let at = time;
    if (isTimeInput(attributesOrTime)) at = attributesOrTime;
    else attributes.setAll(attributesOrTime);
    const origin = this.local.clockOrigin;
    this.#events.push({
      time: at === undefined ? now(origin) : toMilliseconds(at, origin),
      name: String(name),
      attributes,
    });
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    if (typeof exception === 'string') {
      this.addEvent('exception', { 'exception.message': exception }, time);
      return;
    }
    const { code, name, message, stack } = exception ?? {};
    const attributes = {
      'exception.type': name ?? (code === undefined ? undefined : String(code)),
      'exception.message': message,
      'exception.stacktrace': stack,
    };
    this.addEvent('exception', attributes, time);
  }

  // The stored span has no links.
  addLink(_link: Link): this {
    return this;
  }

  addLinks(_links: Link[]): this {
    return this;
  }

  /** As OpenTelemetry specifies: OK is final, and unset changes nothing. */
  setStatus(status: SpanStatus): this {
    if (this.#endTime !== undefined || status.code === SpanStatusCode.UNSET) return this;
    if (this.#status?.code !== SpanStatusCode.OK) this.#status = { ...status };
    return this;
  }

  updateName(name: string): this {
    if (this.#endTime === undefined) this.name = name;
    return this;
  }

  end(endTime?: TimeInput): void {
    if (this.#endTime !== undefined) return;
    const origin = this.local.clockOrigin;
    const end = endTime === undefined ? now(origin) : toMilliseconds(endTime, origin);
    this.#endTime = Math.max(end, this.startTime);
    this.local.ended(this);
  }

  isRecording(): boolean {
    return this.#endTime === undefined;
  }

  /** Whether the span itself carries a security event. */
  get isSecurityEvent(): boolean {
    return this.attributes.values[ATTRIBUTE.appsecEvent] === true;
  }

  /** Bytes that it takes up while it waits, roughly. */
  get size(): number {
    let size = BASE_SIZE + this.attributes.size;
    for (const event of this.#events ?? []) size += BASE_SIZE + event.attributes.size;
    return size;
  }

  /** The span as it is exported. Off the hot path. */
  toRecord(): SpanRecord {
    return {
      traceId: this.#context.traceId,
      spanId: this.#context.spanId,
      parentSpanId: this.parentSpanId,
      traceState: this.#context.traceState?.serialize() ?? '',
      name: this.name,
      kind: OTLP_KIND[this.kind] ?? 0,
      startTime: toNanoseconds(this.startTime),
      endTime: toNanoseconds(this.#endTime ?? this.startTime),
      attributes: this.attributes.values,
      events: (this.#events ?? []).map((event) => ({
        time: toNanoseconds(event.time),
        name: event.name,
        attributes: event.attributes.values,
      })),
      status: {
        code: this.#status?.code ?? SpanStatusCode.UNSET,
        message: typeof this.#status?.message === 'string' ? this.#status.message : '',
      },
    };
  }
}

/** By the numbers of OpenTelemetry's API: internal, server, client, producer, consumer. */
const OTLP_KIND = [1, 2, 3, 4, 5] as const;

function isTimeInput(value: unknown): value is TimeInput {
  return typeof value === 'number' || Array.isArray(value) || value instanceof Date;
}
