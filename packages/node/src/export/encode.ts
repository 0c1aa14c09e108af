import { type Attributes, encodeTraces } from '@wardline/telemetry';
import type { RecordingSpan, Scope } from '../tracer/span.ts';

/**
 * Spans as one OTLP `ExportTraceServiceRequest`. Each scope is a message of its own; they are joined by standing one
 * after the other, which protobuf defines as merging them (repeated fields are concatenated).
 */
export function encodeSpans(resource: Attributes, spans: readonly RecordingSpan[]): Uint8Array {
  const byScope = new Map<Scope, RecordingSpan[]>();
  for (const span of spans) {
    const group = byScope.get(span.scope);
    if (group === undefined) byScope.set(span.scope, [span]);
    else group.push(span);
  }
  const messages = [...byScope].map(([scope, group]) =>
    encodeTraces({ resource, scope, spans: group.map((span) => span.toRecord()) }),
  );
  return messages.length === 1 ? messages[0]! : Buffer.concat(messages);
}
