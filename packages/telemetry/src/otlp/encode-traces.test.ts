import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { spanBatches } from '../../test/span-batch.ts';
import type { Attributes, SpanBatch } from '../span.ts';
import { decodeTraces } from './decode-traces.ts';
import { encodeTraces } from './encode-traces.ts';

function batchWith(attributes: Attributes): SpanBatch {
  return {
    resource: { 'service.name': 'shop' },
    scope: { name: 'test', version: '1' },
    spans: [
      {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        parentSpanId: '',
        traceState: '',
        name: 'GET /',
        kind: 2,
        startTime: 1_700_000_000_000_000_001n,
        endTime: 1_700_000_000_000_500_002n,
        attributes,
        events: [],
        status: { code: 0, message: '' },
      },
    ],
  };
}

const roundTrip = (attributes: Attributes) =>
  decodeTraces(encodeTraces(batchWith(attributes)))[0]!.spans[0]!.attributes;

test('what is encoded is decoded', () => {
  fc.assert(
    fc.property(spanBatches(), (batch) => {
      assert.deepEqual(decodeTraces(encodeTraces(batch)), [batch]);
    }),
  );
});

test('a batch larger than the first buffer', () => {
  const batch = batchWith({ long: 'ü'.repeat(50_000), bytes: new Uint8Array(100_000).fill(7) });
  batch.spans = Array.from({ length: 200 }, () => batch.spans[0]!);
  assert.deepEqual(decodeTraces(encodeTraces(batch)), [batch]);
});

test('values at the edges of their encodings', () => {
  const attributes: Attributes = {
    zero: 0,
    seven_bits: 127,
    eight_bits: 128,
    fourteen_bits: 16_383,
    fifteen_bits: 16_384,
    over_32_bits: 2 ** 32 + 5,
    largest: Number.MAX_SAFE_INTEGER,
    smallest: Number.MIN_SAFE_INTEGER,
    minus_one: -1,
    not_safe: 2 ** 53,
    half: 0.5,
    infinite: Number.NEGATIVE_INFINITY,
    nan: Number.NaN,
    empty: '',
    empty_array: [],
    empty_map: {},
    ascii_64: 'a'.repeat(64),
    ascii_65: 'a'.repeat(65),
    not_ascii: `${'a'.repeat(63)}ß`,
    nothing: null,
  };
  assert.deepEqual(roundTrip(attributes), attributes);
});

test('a key named __proto__ is a key', () => {
  const attributes = JSON.parse('{"__proto__": "polluted", "constructor": 1}') as Attributes;
  const decoded = roundTrip(attributes);
  assert.deepEqual(Object.entries(decoded), [
    ['__proto__', 'polluted'],
    ['constructor', 1],
  ]);
  assert.equal(Object.getPrototypeOf(decoded), Object.prototype);
});

test('what a program should not set, but may, does not throw', () => {
  const cycle: Attributes = {};
  cycle.self = cycle;
  const attributes = {
    cycle,
    function: () => 1,
    missing: undefined,
    symbol: Symbol('s'),
    big: 12345678901234567890n,
    surrogate: `lone \ud800 surrogate`,
    list: [undefined, 'a'],
  } as unknown as Attributes;
  const { cycle: cut, ...others } = roundTrip(attributes);
  assert.deepEqual(others, {
    big: '12345678901234567890',
    surrogate: 'lone \ufffd surrogate',
    list: [null, 'a'],
  });
  let depth = 0;
  for (let value = cut as Attributes | null; value; value = value.self as Attributes | null) depth++;
  assert.equal(depth, 32);
});

test('after a getter has thrown, the next batch is whole', () => {
  const trap = Object.defineProperty({}, 'trap', {
    enumerable: true,
    get: () => {
      throw new Error('from the application');
    },
  }) as Attributes;
  assert.throws(() => encodeTraces(batchWith(trap)), /from the application/);
  assert.deepEqual(roundTrip({ a: 1 }), { a: 1 });
});
