import {
  type Attributes,
  type AttributeValue,
  SPAN_KIND,
  type SpanBatch,
  type SpanEventRecord,
  type SpanKind,
  type SpanRecord,
  STATUS,
  type StatusCode,
} from '../span.ts';
import { setAttribute } from './attributes.ts';
import { OtlpError } from './error.ts';
import {
  ANY_VALUE,
  EVENT,
  KEY_VALUE,
  LIST,
  REQUEST,
  RESOURCE,
  RESOURCE_SPANS,
  SCOPE,
  SCOPE_SPANS,
  SPAN,
  STATUS_MESSAGE,
} from './fields.ts';
import { DECODE_LIMITS, type DecodeLimits, tooDeep, tooManyMessages } from './limits.ts';
import { ProtobufReader } from './protobuf-reader.ts';

/**
 * Decodes OTLP's `ExportTraceServiceRequest` from protobuf: one batch for each scope of each resource.
 *
 * Unknown fields, links, schema URLs and dropped counts are passed over. A missing or all-zero trace or span id comes
 * as `''` and is the caller's to reject. An unknown kind or status is 0. Integers beyond the safe ones come as decimal
 * digits. Throws OtlpError on anything malformed, or beyond the limits.
 *
 * Cost: linear in the bytes; nothing is copied but strings and byte values.
 */
export function decodeTraces(bytes: Uint8Array, limits: Partial<DecodeLimits> = {}): SpanBatch[] {
  return new Decoder(bytes, { ...DECODE_LIMITS, ...limits }).request();
}

class Decoder {
  readonly #reader: ProtobufReader;
  readonly #limits: DecodeLimits;
  #messagesLeft: number;

  constructor(bytes: Uint8Array, limits: DecodeLimits) {
    this.#reader = new ProtobufReader(bytes);
    this.#limits = limits;
    this.#messagesLeft = limits.messages;
  }

  request(): SpanBatch[] {
    const reader = this.#reader;
    const batches: SpanBatch[] = [];
    while (reader.nextField(reader.length)) {
      if (reader.field === REQUEST.resourceSpans) this.#resourceSpans(batches);
      else reader.skip();
    }
    return batches;
  }

  #resourceSpans(batches: SpanBatch[]): void {
    const reader = this.#reader;
    const end = this.#message();
    // Shared by the scopes' batches, so it may as well come after them.
    const resource: Attributes = {};
    while (reader.nextField(end)) {
      switch (reader.field) {
        case RESOURCE_SPANS.resource:
          this.#resource(resource);
          break;
        case RESOURCE_SPANS.scopeSpans:
          batches.push(this.#scopeSpans(resource));
          break;
        default:
          reader.skip();
      }
    }
  }

  #resource(resource: Attributes): void {
    const reader = this.#reader;
    const end = this.#message();
    while (reader.nextField(end)) {
      if (reader.field === RESOURCE.attributes) this.#attribute(resource, 0);
      else reader.skip();
    }
  }

  #scopeSpans(resource: Attributes): SpanBatch {
    const reader = this.#reader;
    const end = this.#message();
    const batch: SpanBatch = { resource, scope: { name: '', version: '' }, spans: [] };
    while (reader.nextField(end)) {
      switch (reader.field) {
        case SCOPE_SPANS.scope:
          this.#scope(batch.scope);
          break;
        case SCOPE_SPANS.spans:
          batch.spans.push(this.#span());
          break;
        default:
          reader.skip();
      }
    }
    return batch;
  }

  #scope(scope: SpanBatch['scope']): void {
    const reader = this.#reader;
    const end = this.#message();
    while (reader.nextField(end)) {
      if (reader.field === SCOPE.name) scope.name = reader.key();
      else if (reader.field === SCOPE.version) scope.version = reader.key();
      else reader.skip();
    }
  }

  #span(): SpanRecord {
    const reader = this.#reader;
    const end = this.#message();
    const attributes: Attributes = {};
    const events: SpanEventRecord[] = [];
    let traceId = '';
    let spanId = '';
    let parentSpanId = '';
    let traceState = '';
    let name = '';
    let kind: SpanKind = SPAN_KIND.unspecified;
    let startTime = 0n;
    let endTime = 0n;
    let status: SpanRecord['status'] = { code: STATUS.unset, message: '' };
    while (reader.nextField(end)) {
      switch (reader.field) {
        case SPAN.traceId:
          traceId = reader.id(16, 'trace_id');
          break;
        case SPAN.spanId:
          spanId = reader.id(8, 'span_id');
          break;
        case SPAN.traceState:
          traceState = reader.string();
          break;
        case SPAN.parentSpanId:
          parentSpanId = reader.id(8, 'parent_span_id');
          break;
        case SPAN.name:
          name = reader.key();
          break;
        case SPAN.kind:
          kind = toSpanKind(reader.enum());
          break;
        case SPAN.startTime:
          startTime = reader.fixed64();
          break;
        case SPAN.endTime:
          endTime = reader.fixed64();
          break;
        case SPAN.attributes:
          this.#attribute(attributes, 0);
          break;
        case SPAN.events:
          events.push(this.#event());
          break;
        case SPAN.status:
          status = this.#status();
          break;
        default:
          reader.skip();
      }
    }
    return {
      traceId,
      spanId,
      parentSpanId,
      traceState,
      name,
      kind,
      startTime,
      endTime,
      attributes,
      events,
      status,
    };
  }

  #event(): SpanEventRecord {
    const reader = this.#reader;
    const end = this.#message();
    const event: SpanEventRecord = { time: 0n, name: '', attributes: {} };
    while (reader.nextField(end)) {
      switch (reader.field) {
        case EVENT.time:
          event.time = reader.fixed64();
          break;
        case EVENT.name:
          event.name = reader.key();
          break;
        case EVENT.attributes:
          this.#attribute(event.attributes, 0);
          break;
        default:
          reader.skip();
      }
    }
    return event;
  }

  #status(): SpanRecord['status'] {
    const reader = this.#reader;
    const end = this.#message();
    const status: SpanRecord['status'] = { code: STATUS.unset, message: '' };
    while (reader.nextField(end)) {
      if (reader.field === STATUS_MESSAGE.code) status.code = toStatusCode(reader.enum());
      else if (reader.field === STATUS_MESSAGE.message) status.message = reader.string();
      else reader.skip();
    }
    return status;
  }

  /** A `KeyValue`. */
  #attribute(attributes: Attributes, depth: number): void {
    const reader = this.#reader;
    const end = this.#message();
    let key = '';
    let value: AttributeValue = null;
    while (reader.nextField(end)) {
      if (reader.field === KEY_VALUE.key) key = reader.key();
      else if (reader.field === KEY_VALUE.value) value = this.#value(depth);
      else reader.skip();
    }
    setAttribute(attributes, key, value);
  }

  /** An `AnyValue`. */
  #value(depth: number): AttributeValue {
    const reader = this.#reader;
    const end = reader.message();
    let value: AttributeValue = null;
    while (reader.nextField(end)) {
      switch (reader.field) {
        case ANY_VALUE.string:
          value = reader.value();
          break;
        case ANY_VALUE.bool:
          value = reader.bool();
          break;
        case ANY_VALUE.int:
          value = reader.int64();
          break;
        case ANY_VALUE.double:
          value = reader.double();
          break;
        case ANY_VALUE.array:
          value = this.#array(depth + 1);
          break;
        case ANY_VALUE.map:
          value = this.#map(depth + 1);
          break;
        case ANY_VALUE.bytes:
          value = reader.bytes();
          break;
        default:
          reader.skip();
      }
    }
    return value;
  }

  #array(depth: number): AttributeValue[] {
    const reader = this.#reader;
    this.#checkDepth(depth);
    const end = reader.message();
    const items: AttributeValue[] = [];
    while (reader.nextField(end)) {
      if (reader.field === LIST.values) {
        this.#count();
        items.push(this.#value(depth));
      } else {
        reader.skip();
      }
    }
    return items;
  }

  #map(depth: number): Attributes {
    const reader = this.#reader;
    this.#checkDepth(depth);
    const end = reader.message();
    const map: Attributes = {};
    while (reader.nextField(end)) {
      if (reader.field === LIST.values) this.#attribute(map, depth);
      else reader.skip();
    }
    return map;
  }

  #message(): number {
    this.#count();
    return this.#reader.message();
  }

  #count(): void {
    if (--this.#messagesLeft < 0) {
      throw new OtlpError(
        tooManyMessages(this.#limits.messages),
        { offset: this.#reader.offset },
        'otlp_too_large',
      );
    }
  }

  #checkDepth(depth: number): void {
    if (depth > this.#limits.depth)
      throw this.#reader.fault(tooDeep(this.#limits.depth), this.#reader.offset);
  }
}

/** A number that this version does not know is `unspecified`, as protobuf's enums are open. */
export function toSpanKind(value: number): SpanKind {
  return value >= 0 && value <= SPAN_KIND.consumer ? (value as SpanKind) : SPAN_KIND.unspecified;
}

export function toStatusCode(value: number): StatusCode {
  return value === STATUS.ok || value === STATUS.error ? value : STATUS.unset;
}
