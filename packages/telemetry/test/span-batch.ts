import fc from 'fast-check';
import type { Attributes, AttributeValue, SpanBatch, SpanKind, SpanRecord, StatusCode } from '../src/span.ts';

const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(fields, { noNullPrototype: true });
const text = fc.string({ unit: 'binary', maxLength: 100 });
const hexId = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .filter((id) => id.some((byte) => byte !== 0))
    .map((id) => Buffer.from(id).toString('hex'));
const time = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** Whole numbers beyond the safe integers are left out: some encoders write them as int64. */
const doubles = (finite: boolean) =>
  fc
    .double({ noDefaultInfinity: finite, noNaN: finite })
    .filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number))
    .map((number) => (Object.is(number, -0) ? 0 : number));

/** Any batch that OTLP can carry whole; `finite`: without NaN and infinities. */
export function spanBatches({ finite = false } = {}): fc.Arbitrary<SpanBatch> {
  const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
    text,
    fc.boolean(),
    fc.maxSafeInteger(),
    doubles(finite),
    fc.uint8Array({ maxLength: 20 }),
    fc.constant(null),
  );

  const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));

  const attributes: fc.Arbitrary<Attributes> = fc.dictionary(text, value, {
    maxKeys: 8,
    noNullPrototype: true,
  });

  const span: fc.Arbitrary<SpanRecord> = record({
    traceId: hexId(16),
    spanId: hexId(8),
    parentSpanId: fc.oneof(hexId(8), fc.constant('')),
    traceState: text,
    name: text,
    kind: fc.integer({ min: 0, max: 5 }) as fc.Arbitrary<SpanKind>,
    startTime: time,
    endTime: time,
    attributes,
    events: fc.array(record({ time, name: text, attributes }), { maxLength: 3 }),
    status: record({ code: fc.integer({ min: 0, max: 2 }) as fc.Arbitrary<StatusCode>, message: text }),
  });

  return record({
    resource: attributes,
    scope: record({ name: text, version: text }),
    spans: fc.array(span, { maxLength: 5 }),
  });
}
