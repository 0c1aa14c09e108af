import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeTracesJson } from './decode-traces-json.ts';
import { OtlpError } from './error.ts';

const withSpan = (span: unknown) => ({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
const withValue = (value: unknown) => withSpan({ attributes: [{ key: 'k', value }] });
const decodeSpan = (span: unknown) => decodeTracesJson(withSpan(span))[0]!.spans[0]!;
const decodeValue = (value: unknown) => decodeSpan({ attributes: [{ key: 'k', value }] }).attributes.k;

test('a whole request', () => {
  const request = {
    resourceSpans: [
      {
        resource: {
          attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }],
          droppedAttributesCount: 1,
        },
        scopeSpans: [
          {
            scope: { name: 'http', version: '2' },
            schemaUrl: 'https://example.test',
            spans: [
              {
                traceId: '5B8EFFF798038103D269B633813FC60C',
                spanId: 'EEE19B7EC3C1B174',
                parentSpanId: 'EEE19B7EC3C1B173',
                traceState: 'a=b',
                name: 'GET /',
                kind: 'SPAN_KIND_SERVER',
                startTimeUnixNano: '1544712660300000001',
                endTimeUnixNano: 1544712660,
                attributes: [{ key: 'n', value: { intValue: '-5' } }],
                events: [
                  { timeUnixNano: '7', name: 'log', attributes: [{ key: 'b', value: { boolValue: false } }] },
                ],
                links: [{ traceId: 'whatever' }],
                status: { code: 'STATUS_CODE_ERROR', message: 'failed' },
                unknownField: { deep: [1] },
              },
            ],
          },
        ],
      },
    ],
  };
  assert.deepEqual(decodeTracesJson(request), [
    {
      resource: { 'service.name': 'shop' },
      scope: { name: 'http', version: '2' },
      spans: [
        {
          traceId: '5b8efff798038103d269b633813fc60c',
          spanId: 'eee19b7ec3c1b174',
          parentSpanId: 'eee19b7ec3c1b173',
          traceState: 'a=b',
          name: 'GET /',
          kind: 2,
          startTime: 1544712660300000001n,
          endTime: 1544712660n,
          attributes: { n: -5 },
          events: [{ time: 7n, name: 'log', attributes: { b: false } }],
          status: { code: 2, message: 'failed' },
        },
      ],
    },
  ]);
});

test('values', () => {
  const cases: [value: unknown, expected: unknown][] = [
    [{ stringValue: '' }, ''],
    [{ boolValue: true }, true],
    [{ intValue: '9007199254740993' }, '9007199254740993'],
    [{ intValue: 42 }, 42],
    [{ doubleValue: 1.5 }, 1.5],
    [{ doubleValue: '-1.5e3' }, -1500],
    [{ doubleValue: 'NaN' }, Number.NaN],
    [{ doubleValue: '-Infinity' }, Number.NEGATIVE_INFINITY],
    [{ bytesValue: 'AQID' }, new Uint8Array([1, 2, 3])],
    [{ arrayValue: { values: [{ stringValue: 'a' }, {}] } }, ['a', null]],
    [{ arrayValue: {} }, []],
    [{ kvlistValue: { values: [{ key: 'x', value: { intValue: 1 } }] } }, { x: 1 }],
    [{ stringValue: null, intValue: 3 }, 3],
    [{ newKindOfValue: 1 }, null],
    [{}, null],
    [null, null],
    [undefined, null],
  ];
  for (const [value, expected] of cases)
    assert.deepEqual(decodeValue(value), expected, JSON.stringify(value));
});

test('absent and all-zero ids are empty, absent numbers 0', () => {
  const span = decodeSpan({ traceId: '0'.repeat(32), spanId: null });
  assert.deepEqual([span.traceId, span.spanId, span.startTime, span.kind], ['', '', 0n, 0]);
});

const SPAN = 'resourceSpans[0].scopeSpans[0].spans[0]';
const VALUE = `${SPAN}.attributes[0].value`;
const MALFORMED: { request: unknown; path: string; message: RegExp }[] = [
  { request: null, path: 'request', message: /expected an object, got null/ },
  { request: [], path: 'request', message: /expected an object, got an array/ },
  { request: { resourceSpans: {} }, path: 'resourceSpans', message: /expected an array, got an object/ },
  {
    request: { resourceSpans: ['x'] },
    path: 'resourceSpans[0]',
    message: /expected an object, got a string/,
  },
  { request: withSpan(1), path: SPAN, message: /expected an object, got a number/ },
  {
    request: withSpan({ traceId: 'abc' }),
    path: `${SPAN}.traceId`,
    message: /32 hexadecimal digits, got "abc"/,
  },
  { request: withSpan({ spanId: 'x'.repeat(16) }), path: `${SPAN}.spanId`, message: /16 hexadecimal digits/ },
  { request: withSpan({ name: 5 }), path: `${SPAN}.name`, message: /expected a string, got a number/ },
  { request: withSpan({ kind: 'SERVER' }), path: `${SPAN}.kind`, message: /one of SPAN_KIND_UNSPECIFIED/ },
  { request: withSpan({ kind: '__proto__' }), path: `${SPAN}.kind`, message: /got "__proto__"/ },
  {
    request: withSpan({ startTimeUnixNano: '1.5' }),
    path: `${SPAN}.startTimeUnixNano`,
    message: /unsigned 64-bit/,
  },
  {
    request: withSpan({ startTimeUnixNano: -1 }),
    path: `${SPAN}.startTimeUnixNano`,
    message: /unsigned 64-bit/,
  },
  {
    request: withSpan({ endTimeUnixNano: '9'.repeat(20) }),
    path: `${SPAN}.endTimeUnixNano`,
    message: /unsigned/,
  },
  {
    request: withSpan({ endTimeUnixNano: '9'.repeat(99) }),
    path: `${SPAN}.endTimeUnixNano`,
    message: /unsigned/,
  },
  { request: withSpan({ status: 'ok' }), path: `${SPAN}.status`, message: /expected an object/ },
  {
    request: withSpan({ events: [{ timeUnixNano: {} }] }),
    path: `${SPAN}.events[0].timeUnixNano`,
    message: /64-bit/,
  },
  { request: withSpan({ attributes: [{ key: 1 }] }), path: `${SPAN}.attributes[0].key`, message: /a string/ },
  { request: withValue('plain'), path: VALUE, message: /expected an object, got a string/ },
  { request: withValue({ intValue: 1.5 }), path: `${VALUE}.intValue`, message: /64-bit integer/ },
  {
    request: withValue({ intValue: '9223372036854775808' }),
    path: `${VALUE}.intValue`,
    message: /64-bit integer/,
  },
  { request: withValue({ boolValue: 'true' }), path: `${VALUE}.boolValue`, message: /true or false/ },
  { request: withValue({ doubleValue: '1,5' }), path: `${VALUE}.doubleValue`, message: /expected a number/ },
  { request: withValue({ bytesValue: '!' }), path: `${VALUE}.bytesValue`, message: /base64/ },
  {
    request: withValue({ arrayValue: [] }),
    path: `${VALUE}.arrayValue`,
    message: /expected an object, got an array/,
  },
  {
    request: withValue({ arrayValue: { values: [{}, { intValue: [] }] } }),
    path: `${VALUE}.arrayValue.values[1].intValue`,
    message: /64-bit/,
  },
];

for (const { request, path, message } of MALFORMED) {
  test(`malformed at ${path}: ${JSON.stringify(request).slice(-60)}`, () => {
    assert.throws(
      () => decodeTracesJson(request),
      (error) => {
        assert.ok(error instanceof OtlpError, String(error));
        assert.equal(error.path, path);
        assert.match(error.message, message);
        assert.equal(error.code, 'otlp_malformed');
        return true;
      },
    );
  });
}

test('nesting is bounded', () => {
  const nested = (levels: number) => {
    let value: unknown = { stringValue: 'x' };
    for (let i = 0; i < levels; i++) {
      value =
        i % 2 === 0
          ? { arrayValue: { values: [value] } }
          : { kvlistValue: { values: [{ key: 'k', value }] } };
    }
    return withValue(value);
  };
  assert.ok(decodeTracesJson(nested(32)));
  assert.throws(() => decodeTracesJson(nested(33)), /nested deeper than 32 levels/);
  assert.throws(() => decodeTracesJson(nested(100_000)), /nested deeper than 32 levels/);
});

test('the number of messages is bounded', () => {
  const request = { resourceSpans: [{ scopeSpans: [{ spans: new Array(1000).fill({}) }] }] };
  assert.equal(decodeTracesJson(request, { messages: 1002 })[0]!.spans.length, 1000);
  assert.throws(
    () => decodeTracesJson(request, { messages: 1001 }),
    (error) => error instanceof OtlpError && error.code === 'otlp_too_large',
  );
});

test('any JSON value gives a result or an OtlpError', () => {
  const keys = fc.constantFrom(
    'resourceSpans',
    'scopeSpans',
    'spans',
    'attributes',
    'value',
    'arrayValue',
    'values',
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 8, depthSize: 'xlarge' },
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(keys, tie('json'), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(json, (value) => {
      try {
        decodeTracesJson(value);
      } catch (error) {
        assert.ok(error instanceof OtlpError, String(error));
      }
    }),
  );
});
