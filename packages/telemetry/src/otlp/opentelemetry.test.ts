import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import fc from 'fast-check';
import { readableSpans } from '../../test/readable-spans.ts';
import { spanBatches } from '../../test/span-batch.ts';
import { decodeTraces } from './decode-traces.ts';
import { decodeTracesJson } from './decode-traces-json.ts';
import { encodeTracesResponse } from './encode-traces-response.ts';

/** OpenTelemetry's own serializers are the oracle: what they write for a batch must be read as that batch. */
test('a request of the OpenTelemetry SDK in protobuf is read as it was meant', () => {
  fc.assert(
    fc.property(spanBatches(), (batch) => {
      fc.pre(batch.spans.length > 0);
      const bytes = ProtobufTraceSerializer.serializeRequest(readableSpans(batch))!;
      assert.deepEqual(decodeTraces(bytes), [batch]);
    }),
  );
});

test('a request of the OpenTelemetry SDK in JSON is read as it was meant', () => {
  // Its serializer loses the others: JSON.stringify writes them as null.
  fc.assert(
    fc.property(spanBatches({ finite: true }), (batch) => {
      fc.pre(batch.spans.length > 0);
      const text = Buffer.from(JsonTraceSerializer.serializeRequest(readableSpans(batch))!).toString();
      assert.deepEqual(decodeTracesJson(JSON.parse(text)), [batch]);
    }),
  );
});

test('the response is read by the OpenTelemetry SDK', () => {
  const partialSuccess = { rejectedSpans: 3, errorMessage: 'without a trace id' };
  const read = (bytes: Uint8Array) => ProtobufTraceSerializer.deserializeResponse(bytes);
  assert.equal(read(encodeTracesResponse()).partialSuccess, undefined);
  assert.deepEqual({ ...read(encodeTracesResponse(partialSuccess)).partialSuccess }, partialSuccess);
});
