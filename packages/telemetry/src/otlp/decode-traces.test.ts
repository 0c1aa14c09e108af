import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { spanBatches } from '../../test/span-batch.ts';
import { decodeTraces } from './decode-traces.ts';
import { encodeTraces } from './encode-traces.ts';
import { OtlpError } from './error.ts';

/** A length-delimited field with a number below 16 and fewer than 2^28 bytes. */
function field(number: number, content: Uint8Array): Buffer {
  const length: number[] = [];
  let rest = content.length;
  for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length, rest]), content]);
}

const inSpan = (...content: Uint8Array[]) => field(1, field(2, field(2, Buffer.concat(content))));
const inAttribute = (value: Uint8Array) =>
  inSpan(field(9, Buffer.concat([field(1, Buffer.from('k')), field(2, value)])));
const hex = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex');

test('an empty request has no batches', () => {
  assert.deepEqual(decodeTraces(new Uint8Array(0)), []);
});

test('a view into a larger buffer is read within its bounds', () => {
  const message = inAttribute(field(1, Buffer.from('value')));
  const larger = Buffer.concat([Buffer.from('before'), message, Buffer.from('after')]);
  assert.deepEqual(decodeTraces(larger.subarray(6, 6 + message.length)), decodeTraces(message));
});

const MALFORMED: { name: string; bytes: Uint8Array; message: RegExp; offset: number }[] = [
  { name: 'text', bytes: Buffer.from('hello'), message: /wire type 4/, offset: 3 },
  {
    name: 'JSON',
    bytes: Buffer.from('{"resourceSpans":[]}'),
    message: /114 bytes, but 17 are left/,
    offset: 2,
  },
  { name: 'field number 0', bytes: hex('02 00'), message: /invalid protobuf tag 2/, offset: 0 },
  {
    name: 'a tag beyond 32 bits',
    bytes: hex('ff ff ff ff ff 01'),
    message: /invalid protobuf tag/,
    offset: 0,
  },
  { name: 'wire type 7', bytes: hex('57'), message: /wire type 7/, offset: 1 },
  { name: 'the end of a group that never began', bytes: hex('54'), message: /wire type 4/, offset: 1 },
  { name: 'a group without an end', bytes: hex('53 53 54'), message: /group without an end/, offset: 1 },
  {
    name: 'a length beyond the request',
    bytes: hex('0a 7f 00'),
    message: /127 bytes, but 1 are left/,
    offset: 1,
  },
  { name: 'a length of 2^63', bytes: hex('0a ff ff ff ff ff ff ff ff 7f'), message: /left/, offset: 1 },
  {
    name: 'a varint of eleven bytes',
    bytes: hex('0a ff ff ff ff ff ff ff ff ff ff 01'),
    message: /ten/,
    offset: 1,
  },
  { name: 'a varint cut off', bytes: hex('0a ff'), message: /cut off inside a varint/, offset: 1 },
  {
    name: 'a length beyond the enclosing message',
    bytes: hex('0a 02 12 05 00 00 00 00 00'),
    message: /left/,
    offset: 3,
  },
  {
    name: 'a wrong wire type',
    bytes: hex('08 01'),
    message: /field 1 has wire type 0 instead of 2/,
    offset: 1,
  },
  {
    name: 'a trace id of 15 bytes',
    bytes: inSpan(field(1, Buffer.alloc(15, 1))),
    message: /trace_id must have 16 bytes, not 15/,
    offset: 7,
  },
  {
    name: 'a fixed64 cut off',
    bytes: inSpan(hex('39 00 00')),
    message: /takes 8 bytes, but 2 are left/,
    offset: 7,
  },
];

for (const { name, bytes, message, offset } of MALFORMED) {
  test(`malformed: ${name}`, () => {
    assert.throws(
      () => decodeTraces(bytes),
      (error) => {
        assert.ok(error instanceof OtlpError, String(error));
        assert.match(error.message, message);
        assert.equal(error.offset, offset, error.message);
        assert.equal(error.code, 'otlp_malformed');
        return true;
      },
    );
  });
}

test('unknown fields of every wire type are passed over, in every message', () => {
  const unknown = Buffer.concat([
    hex('f8 07 05'), // varint
    hex('f9 07 00 00 00 00 00 00 00 00'), // fixed64
    hex('fa 07 03 61 62 63'), // bytes
    hex('fb 07 08 01 1b 1c fc 07'), // a group with a varint and a group in it
    hex('fd 07 00 00 00 00'), // fixed32
  ]);
  const around = (number: number, ...content: Uint8Array[]) =>
    field(number, Buffer.concat([unknown, ...content, unknown]));
  const value = around(2, field(1, Buffer.from('v')));
  const attribute = (number: number) => around(number, field(1, Buffer.from('k')), value);
  const event = around(11, field(2, Buffer.from('e')), attribute(3));
  const status = around(15, hex('18 02'));
  const span = around(2, field(5, Buffer.from('s')), attribute(9), event, status);
  const scope = around(1, field(1, Buffer.from('scope')));
  const request = Buffer.concat([unknown, around(1, around(1, attribute(1)), around(2, scope, span))]);
  const [batch] = decodeTraces(request);
  assert.deepEqual(batch!.resource, { k: 'v' });
  assert.equal(batch!.scope.name, 'scope');
  assert.equal(batch!.spans[0]!.name, 's');
  assert.deepEqual(batch!.spans[0]!.attributes, { k: 'v' });
  assert.deepEqual(batch!.spans[0]!.events, [{ time: 0n, name: 'e', attributes: { k: 'v' } }]);
  assert.deepEqual(batch!.spans[0]!.status, { code: 2, message: '' });
});

test('absent and all-zero ids are empty', () => {
  const [batch] = decodeTraces(inSpan(field(1, Buffer.alloc(16)), field(2, Buffer.alloc(0))));
  assert.equal(batch!.spans[0]!.traceId, '');
  assert.equal(batch!.spans[0]!.spanId, '');
});

test('a resource that follows its spans is theirs', () => {
  const attribute = field(
    1,
    Buffer.concat([field(1, Buffer.from('k')), field(2, field(1, Buffer.from('v')))]),
  );
  const [batch] = decodeTraces(
    field(1, Buffer.concat([field(2, field(2, Buffer.alloc(0))), field(1, attribute)])),
  );
  assert.deepEqual(batch!.resource, { k: 'v' });
});

test('integers beyond the safe ones keep their digits', () => {
  const values = {
    '18 ff ff ff ff ff ff ff ff 7f': '9223372036854775807',
    '18 80 80 80 80 80 80 80 80 80 01': '-9223372036854775808',
  };
  for (const [bytes, digits] of Object.entries(values)) {
    assert.deepEqual(decodeTraces(inAttribute(hex(bytes)))[0]!.spans[0]!.attributes, { k: digits });
  }
});

test('unknown kinds and status codes are 0', () => {
  const [batch] = decodeTraces(inSpan(hex('30 63'), field(15, hex('18 ff ff ff ff ff ff ff ff ff 01'))));
  assert.equal(batch!.spans[0]!.kind, 0);
  assert.equal(batch!.spans[0]!.status.code, 0);
});

test('nesting is bounded', () => {
  const nested = (levels: number) => {
    let value: Buffer = field(1, Buffer.from('x'));
    for (let i = 0; i < levels; i++) value = field(5, field(1, value));
    return inAttribute(value);
  };
  assert.ok(decodeTraces(nested(32)));
  assert.throws(() => decodeTraces(nested(33)), /nested deeper than 32 levels/);
  assert.throws(() => decodeTraces(nested(5_000)), /nested deeper than 32 levels/);
});

test('the number of messages is bounded', () => {
  const emptySpans = field(1, field(2, Buffer.concat(Array.from({ length: 1000 }, () => hex('12 00')))));
  assert.equal(decodeTraces(emptySpans, { messages: 1002 })[0]!.spans.length, 1000);
  assert.throws(
    () => decodeTraces(emptySpans, { messages: 1001 }),
    (error) =>
      error instanceof OtlpError && error.code === 'otlp_too_large' && /more than 1001/.test(error.message),
  );
});

test('any truncation and any bytes give a result or an OtlpError', () => {
  const decodes = (bytes: Uint8Array) => {
    try {
      decodeTraces(bytes);
    } catch (error) {
      assert.ok(error instanceof OtlpError, String(error));
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), decodes));
  fc.assert(
    fc.property(spanBatches(), fc.nat(), fc.nat(), fc.nat(255), (batch, cut, place, byte) => {
      const bytes = encodeTraces(batch);
      decodes(bytes.subarray(0, cut % (bytes.length + 1)));
      bytes[place % bytes.length] = byte;
      decodes(bytes);
    }),
  );
});
