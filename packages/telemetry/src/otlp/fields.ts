/** Field numbers of OTLP's trace messages: opentelemetry-proto 1.x, `trace/v1`, `common/v1`, `collector/trace/v1`. */
export const REQUEST = { resourceSpans: 1 } as const;
export const RESOURCE_SPANS = { resource: 1, scopeSpans: 2 } as const;
export const RESOURCE = { attributes: 1 } as const;
export const SCOPE_SPANS = { scope: 1, spans: 2 } as const;
export const SCOPE = { name: 1, version: 2 } as const;
export const SPAN = {
  traceId: 1,
  spanId: 2,
  traceState: 3,
  parentSpanId: 4,
  name: 5,
  kind: 6,
  startTime: 7,
  endTime: 8,
  attributes: 9,
  events: 11,
  status: 15,
} as const;
export const EVENT = { time: 1, name: 2, attributes: 3 } as const;
export const STATUS_MESSAGE = { message: 2, code: 3 } as const;
export const KEY_VALUE = { key: 1, value: 2 } as const;
export const ANY_VALUE = { string: 1, bool: 2, int: 3, double: 4, array: 5, map: 6, bytes: 7 } as const;
export const LIST = { values: 1 } as const;
export const RESPONSE = { partialSuccess: 1 } as const;
export const PARTIAL_SUCCESS = { rejectedSpans: 1, errorMessage: 2 } as const;
/** `google.rpc.Status`, the body of an OTLP/HTTP error. */
export const RPC_STATUS = { code: 1, message: 2 } as const;

/** Protobuf's wire types, the low three bits of a tag. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, groupStart: 3, groupEnd: 4, fixed32: 5 } as const;
