import assert from 'node:assert/strict';
import test from 'node:test';
import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { suppressTracing } from './suppress.ts';
import { parseTraceparent, TraceContextPropagator } from './trace-context.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const propagator = new TraceContextPropagator();

const CASES: [string, string, number | undefined][] = [
  ['sampled', `00-${TRACE}-${SPAN}-01`, 1],
  ['not sampled', `00-${TRACE}-${SPAN}-00`, 0],
  ['random flag', `00-${TRACE}-${SPAN}-03`, 3],
  ['unknown flags are cleared', `00-${TRACE}-${SPAN}-ff`, 3],
  ['white space around', ` 00-${TRACE}-${SPAN}-01\t`, 1],
  ['a later version', `cc-${TRACE}-${SPAN}-01`, 1],
  ['a later version with more', `cc-${TRACE}-${SPAN}-01-what-the-future-holds`, 1],
  ['a later version with more that is not set off', `cc-${TRACE}-${SPAN}-01.future`, undefined],
  ['version 00 with more', `00-${TRACE}-${SPAN}-01-more`, undefined],
  ['version 00 with a trailing dash', `00-${TRACE}-${SPAN}-01-`, undefined],
  ['version ff', `ff-${TRACE}-${SPAN}-01`, undefined],
  ['upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`, undefined],
  ['trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`, undefined],
  ['span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`, undefined],
  ['trace id too short', `00-${TRACE.slice(1)}-${SPAN}-01`, undefined],
  ['no hex', `00-${TRACE}-${SPAN}-0x`, undefined],
  ['empty', '', undefined],
];

for (const [name, header, flags] of CASES) {
  test(`traceparent: ${name}`, () => {
    const expected =
      flags === undefined ? undefined : { traceId: TRACE, spanId: SPAN, traceFlags: flags, isRemote: true };
    assert.deepEqual(parseTraceparent(header), expected);
  });
}

test('what was extracted is injected again', () => {
  const headers = { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'a=1,b=2' };
  const carrier = {};
  propagator.inject(
    propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter),
    carrier,
    defaultTextMapSetter,
  );
  assert.deepEqual(carrier, headers);
});

test('several tracestate headers are one list', () => {
  const headers = { traceparent: [`00-${TRACE}-${SPAN}-01`], tracestate: ['a=1', 'b=2'] };
  const ctx = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
  assert.equal(trace.getSpanContext(ctx)?.traceState?.serialize(), 'a=1,b=2');
});

test('several traceparent headers are none', () => {
  const parent = `00-${TRACE}-${SPAN}-01`;
  const ctx = propagator.extract(ROOT_CONTEXT, { traceparent: [parent, parent] }, defaultTextMapGetter);
  assert.equal(ctx, ROOT_CONTEXT);
});

test('nothing is injected without a span, and in a suppressed context', () => {
  const carrier = {};
  propagator.inject(ROOT_CONTEXT, carrier, defaultTextMapSetter);
  const ctx = propagator.extract(
    ROOT_CONTEXT,
    { traceparent: `00-${TRACE}-${SPAN}-01` },
    defaultTextMapGetter,
  );
  propagator.inject(suppressTracing(ctx), carrier, defaultTextMapSetter);
  assert.deepEqual(carrier, {});
});
