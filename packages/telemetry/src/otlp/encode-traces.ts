import type { Attributes, AttributeValue, SpanBatch, SpanEventRecord, SpanRecord } from '../span.ts';
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
import { DECODE_LIMITS } from './limits.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

const INITIAL_CAPACITY = 64 * 1024;
/** A writer that an unusually large batch has grown beyond this is not kept. */
const KEPT_CAPACITY = 4 * 1024 * 1024;

let idleWriter: ProtobufWriter | undefined;

/**
 * Encodes a batch as OTLP's `ExportTraceServiceRequest` in protobuf.
 *
 * Numbers that are safe integers become `int_value`, others `double_value`. What AttributeValue does not allow but a
 * program may still hold (functions, symbols, undefined) is left out; values nested deeper than 32 levels, as cycles
 * are, are cut off there as empty values. A lone surrogate becomes U+FFFD.
 *
 * Cost: one pass and one allocation, of the result.
 */
export function encodeTraces(batch: SpanBatch): Uint8Array {
  const writer = idleWriter ?? new ProtobufWriter(INITIAL_CAPACITY);
  // Not shared until it is done: should a getter in an attribute throw, the half-written message goes with it.
  idleWriter = undefined;
  writeResourceSpans(writer, batch);
  const message = writer.take();
  if (writer.capacity <= KEPT_CAPACITY) idleWriter = writer;
  return message;
}

function writeResourceSpans(writer: ProtobufWriter, batch: SpanBatch): void {
  const end = writer.size;

  const scopeSpansEnd = writer.size;
  for (let i = batch.spans.length - 1; i >= 0; i--) writeSpan(writer, batch.spans[i]!);
  const scopeEnd = writer.size;
  if (batch.scope.version !== '') writer.string(SCOPE.version, batch.scope.version);
  if (batch.scope.name !== '') writer.string(SCOPE.name, batch.scope.name);
  writer.endMessage(SCOPE_SPANS.scope, scopeEnd);
  writer.endMessage(RESOURCE_SPANS.scopeSpans, scopeSpansEnd);

  const resourceEnd = writer.size;
  writeAttributes(writer, RESOURCE.attributes, batch.resource, 0);
  writer.endMessage(RESOURCE_SPANS.resource, resourceEnd);

  writer.endMessage(REQUEST.resourceSpans, end);
}

function writeSpan(writer: ProtobufWriter, span: SpanRecord): void {
  const end = writer.size;

  const statusEnd = writer.size;
  if (span.status.code !== 0) writer.int(STATUS_MESSAGE.code, span.status.code);
  if (span.status.message !== '') writer.string(STATUS_MESSAGE.message, span.status.message);
  if (writer.size !== statusEnd) writer.endMessage(SPAN.status, statusEnd);

  for (let i = span.events.length - 1; i >= 0; i--) writeEvent(writer, span.events[i]!);
  writeAttributes(writer, SPAN.attributes, span.attributes, 0);
  writer.fixed64(SPAN.endTime, span.endTime);
  writer.fixed64(SPAN.startTime, span.startTime);
  if (span.kind !== 0) writer.int(SPAN.kind, span.kind);
  if (span.name !== '') writer.string(SPAN.name, span.name);
  if (span.parentSpanId !== '') writer.hex(SPAN.parentSpanId, span.parentSpanId);
  if (span.traceState !== '') writer.string(SPAN.traceState, span.traceState);
  writer.hex(SPAN.spanId, span.spanId);
  writer.hex(SPAN.traceId, span.traceId);
  writer.endMessage(SCOPE_SPANS.spans, end);
}

function writeEvent(writer: ProtobufWriter, event: SpanEventRecord): void {
  const end = writer.size;
  writeAttributes(writer, EVENT.attributes, event.attributes, 0);
  if (event.name !== '') writer.string(EVENT.name, event.name);
  writer.fixed64(EVENT.time, event.time);
  writer.endMessage(SPAN.events, end);
}

function writeAttributes(writer: ProtobufWriter, field: number, attributes: Attributes, depth: number): void {
  const keys = Object.keys(attributes);
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i]!;
    const value = attributes[key];
    if (!isEncodable(value)) continue;
    const end = writer.size;
    const valueEnd = writer.size;
    writeValue(writer, value, depth);
    writer.endMessage(KEY_VALUE.value, valueEnd);
    writer.string(KEY_VALUE.key, key);
    writer.endMessage(field, end);
  }
}

function isEncodable(value: unknown): value is AttributeValue | bigint {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}

/** The content of an `AnyValue`; null is an empty one. */
function writeValue(writer: ProtobufWriter, value: AttributeValue | bigint, depth: number): void {
  switch (typeof value) {
    case 'string':
      writer.string(ANY_VALUE.string, value);
      return;
    case 'number':
      if (Number.isSafeInteger(value)) writer.int(ANY_VALUE.int, value);
      else writer.double(ANY_VALUE.double, value);
      return;
    case 'boolean':
      writer.int(ANY_VALUE.bool, value ? 1 : 0);
      return;
    case 'bigint':
      writer.string(ANY_VALUE.string, String(value));
      return;
  }
  if (value === null || depth >= DECODE_LIMITS.depth) return;
  if (value instanceof Uint8Array) {
    writer.bytes(ANY_VALUE.bytes, value);
    return;
  }
  const end = writer.size;
  if (Array.isArray(value)) {
    for (let i = value.length - 1; i >= 0; i--) {
      const itemEnd = writer.size;
      const item = value[i];
      if (isEncodable(item)) writeValue(writer, item, depth + 1);
      writer.endMessage(LIST.values, itemEnd);
    }
    writer.endMessage(ANY_VALUE.array, end);
  } else {
    writeAttributes(writer, LIST.values, value, depth + 1);
    writer.endMessage(ANY_VALUE.map, end);
  }
}
