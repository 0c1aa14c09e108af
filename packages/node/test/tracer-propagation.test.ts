import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Application, installAgent } from './support/installed-agent.ts';
import { type Platform, startPlatform } from './support/platform.ts';
import { run } from './support/run.ts';
import { RUNTIMES } from './support/runtimes.ts';

/**
 * One service of a chain, by OpenTelemetry's API alone: takes the context from the headers, works asynchronously, and
 * hands it on to the next service by a request.
 */
const SERVICE = `const wardline = require('@wardline/node').init();
const { context, propagation, ROOT_CONTEXT, SpanKind, trace } = require('@opentelemetry/api');
const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const tracer = trace.getTracer('service');
const name = process.env.WARDLINE_SERVICE;

const server = http.createServer((request, response) => {
  const parent = propagation.extract(ROOT_CONTEXT, request.headers);
  tracer.startActiveSpan(name, { kind: SpanKind.SERVER }, parent, async (span) => {
    if (request.headers['x-attack'] === name) span.setAttribute('wardline.appsec.event', true);
    await sleep(2);
    if (process.env.NEXT) {
      const headers = { 'x-attack': request.headers['x-attack'] ?? '' };
      propagation.inject(context.active(), headers);
      await fetch(process.env.NEXT, { headers });
    }
    span.end();
    response.end(JSON.stringify(request.headers));
  });
});
server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
process.on('SIGTERM', async () => { await wardline.flush(); process.exit(0); });
`;

let application: Application;
let platform: Platform;
before(async () => {
  application = await installAgent();
  platform = await startPlatform();
});
after(() => {
  platform.close();
  application.remove();
});

async function startService(binary: string, name: string, env: Record<string, string> = {}) {
  const script = application.file(`${name}.cjs`, SERVICE);
  const service = run(binary, [script], { WARDLINE_URL: platform.url, WARDLINE_SERVICE: name, ...env });
  return { url: `http://127.0.0.1:${await service.line('port ')}/`, ...service };
}

const own = () => platform.spans().filter(({ name }) => name === 'front' || name === 'back');

for (const { name, binary } of RUNTIMES) {
  test(`${name}: one trace over two services, with tracestate and baggage`, async () => {
    platform.requests.length = 0;
    const back = await startService(binary, 'back');
    const front = await startService(binary, 'front', { NEXT: back.url });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await fetch(front.url, {
      headers: {
        traceparent: `00-${traceId}-b7ad6b7169203331-01`,
        tracestate: 'vendor=opaque',
        baggage: 'tenant=acme',
      },
    });
    front.child.kill('SIGTERM');
    back.child.kill('SIGTERM');
    await platform.until(() => own().length === 2);
    const spans = new Map(own().map((span) => [span.name, span]));
    assert.equal(spans.get('front')?.traceId, traceId);
    assert.equal(spans.get('back')?.traceId, traceId);
    assert.equal(spans.get('back')?.traceState, 'vendor=opaque');
    const ids = new Set(platform.spans().map(({ spanId }) => spanId));
    assert.ok(ids.has(spans.get('back')!.parentSpanId), 'the parent is a span of the front');
    await Promise.all([front.finished, back.finished]);
    const traced = JSON.stringify(platform.spans().map(({ attributes }) => attributes));
    assert.doesNotMatch(traced, /v1\/traces|agent\/v1/, "the agent's own requests are not traced");
  });
}

test('an attack seen by the front keeps the trace in the back as well, though neither samples', async () => {
  platform.requests.length = 0;
  const env = { WARDLINE_TRACE_SAMPLE_RATE: '0', WARDLINE_APPSEC_ENABLED: 'true' };
  const back = await startService(process.execPath, 'back', env);
  const front = await startService(process.execPath, 'front', { NEXT: back.url, ...env });
  await fetch(front.url);
  await fetch(front.url, { headers: { 'x-attack': 'front' } });
  await platform.until(() => own().length >= 2);
  front.child.kill('SIGTERM');
  back.child.kill('SIGTERM');
  await Promise.all([front.finished, back.finished]);
  assert.equal(own().length, 2);
  assert.equal(new Set(own().map(({ traceId }) => traceId)).size, 1);
});
