import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Application, installAgent } from './support/installed-agent.ts';
import { startPlatform } from './support/platform.ts';
import { run } from './support/run.ts';

/** A provider as an application would bring it along, as small as OpenTelemetry's API allows. */
const PROVIDER = `const { trace, ROOT_CONTEXT } = require('@opentelemetry/api');
const spans = [];
const provider = {
  getTracer: () => ({
    startSpan(name) {
      spans.push(name);
      return trace.wrapSpanContext({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 });
    },
    startActiveSpan(name, ...rest) { return rest.at(-1)(this.startSpan(name)); },
  }),
};
`;
const REPORT = `console.log(JSON.stringify(spans));`;

let application: Application;
before(async () => {
  application = await installAgent();
});
after(() => application.remove());

async function runApplication(text: string, env: Record<string, string> = {}) {
  const platform = await startPlatform();
  const script = application.file('app.cjs', PROVIDER + text);
  const result = await run(process.execPath, [script], { WARDLINE_URL: platform.url, ...env }).finished;
  platform.close();
  return { ...result, received: platform.spans().map(({ name }) => name) };
}

test('a provider that the application registered before gets the spans', async () => {
  const { code, stdout, stderr, received } = await runApplication(`
trace.setGlobalTracerProvider(provider);
require('@wardline/node').init();
trace.getTracer('application').startSpan('span').end();
${REPORT}`);
  assert.deepEqual([code, stderr], [0, '']);
  assert.equal(stdout, '["span"]\n');
  assert.deepEqual(received, []);
});

test('a context still passes through asynchronous work beside it', async () => {
  const { stdout } = await runApplication(`
const { context, createContextKey } = require('@opentelemetry/api');
trace.setGlobalTracerProvider(provider);
require('@wardline/node').init();
const key = createContextKey('key');
context.with(ROOT_CONTEXT.setValue(key, 'kept'), () => setTimeout(() => console.log(context.active().getValue(key)), 1));`);
  assert.equal(stdout, 'kept\n');
});

test('one that the application registers later is refused by the API; one line says so, and both work on', async () => {
  const { code, stdout, stderr, received } = await runApplication(`
require('@wardline/node').init();
const accepted = [provider, provider].map((each) => trace.setGlobalTracerProvider(each));
console.log(accepted.join());
trace.getTracer('application').startSpan('span').end();
provider.getTracer().startSpan('own');
${REPORT}`);
  assert.equal(code, 0);
  assert.equal(stdout, 'false,false\n["own"]\n');
  assert.match(stderr, /^wardline: warn: the application registered a TracerProvider of its own after .*\n$/);
  assert.deepEqual(received, ['span']);
});

test("tracers that were made before init() work with the agent's provider afterwards", async () => {
  const { received } = await runApplication(`
const tracer = trace.getTracer('early');
require('@wardline/node').init();
tracer.startActiveSpan('active', (span) => span.end());
${REPORT}`);
  assert.deepEqual(received, ['active']);
});
