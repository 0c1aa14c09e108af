/** A span as it is exported and stored; OTLP's `Span` with ids as lower-case hex and times as bigint nanoseconds. */
export interface SpanRecord {
  /** 32 hex digits. */
  traceId: string;
  /** 16 hex digits. */
  spanId: string;
  /** 16 hex digits, or `''` for a root. */
  parentSpanId: string;
  traceState: string;
  name: string;
  kind: SpanKind;
  /** Nanoseconds since the epoch. */
  startTime: bigint;
  endTime: bigint;
  attributes: Attributes;
  events: SpanEventRecord[];
  status: { code: StatusCode; message: string };
}

export interface SpanEventRecord {
  time: bigint;
  name: string;
  attributes: Attributes;
}

export type Attributes = Record<string, AttributeValue>;
export type AttributeValue =
  | string
  | number
  | boolean
  | AttributeValue[]
  | { [key: string]: AttributeValue }
  | Uint8Array
  | null;

/** OTLP's numbers, which are one more than the numbers of OpenTelemetry's API. */
export const SPAN_KIND = {
  unspecified: 0,
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
} as const;
export type SpanKind = (typeof SPAN_KIND)[keyof typeof SPAN_KIND];

export const STATUS = { unset: 0, ok: 1, error: 2 } as const;
export type StatusCode = (typeof STATUS)[keyof typeof STATUS];

/** Spans of one resource and scope, as they travel together. */
export interface SpanBatch {
  resource: Attributes;
  scope: { name: string; version: string };
  spans: SpanRecord[];
}
