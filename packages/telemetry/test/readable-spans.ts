import type { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { SpanBatch } from '../src/span.ts';

type ReadableSpans = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0];

/** The batch as spans of the OpenTelemetry SDK, which its serializers take. For tests. */
export function readableSpans(batch: SpanBatch): ReadableSpans {
  const resource = { attributes: batch.resource };
  const instrumentationScope = batch.scope;
  return batch.spans.map((span) => ({
    name: span.name,
    kind: span.kind - 1,
    spanContext: () => ({
      traceId: span.traceId,
      spanId: span.spanId,
      traceFlags: 1,
      traceState: span.traceState === '' ? undefined : { serialize: () => span.traceState },
    }),
    parentSpanContext:
      span.parentSpanId === ''
        ? undefined
        : { traceId: span.traceId, spanId: span.parentSpanId, traceFlags: 1 },
    startTime: hrTime(span.startTime),
    endTime: hrTime(span.endTime),
    duration: hrTime(0n),
    ended: true,
    status: span.status,
    attributes: span.attributes,
    events: span.events.map((event) => ({ ...event, time: hrTime(event.time) })),
    links: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    resource,
    instrumentationScope,
  })) as unknown as ReadableSpans;
}

/** Seconds and nanoseconds. */
function hrTime(nanoseconds: bigint): [number, number] {
  return [Number(nanoseconds / 1_000_000_000n), Number(nanoseconds % 1_000_000_000n)];
}
