import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Application, installAgent } from './support/installed-agent.ts';
import { startPlatform } from './support/platform.ts';
import { run } from './support/run.ts';
import { RUNTIMES } from './support/runtimes.ts';

let application: Application;
before(async () => {
  application = await installAgent();
});
after(() => application.remove());

const HEADER = `const wardline = require('@wardline/node').init();
const { trace } = require('@opentelemetry/api');
const tracer = trace.getTracer('application');
const span = (name, attributes) => tracer.startSpan(name, { attributes }).end();
`;
let files = 0;
const script = (text: string) => application.file(`app-${files++}.cjs`, HEADER + text);

for (const { name, binary } of RUNTIMES) {
  test(`${name}: a short process delivers its spans before it ends`, async () => {
    const platform = await startPlatform();
    const app = script(`for (let i = 0; i < 2000; i++) span('span-' + i);`);
    const result = await run(binary, [app], { WARDLINE_URL: platform.url }).finished;
    platform.close();
    assert.deepEqual([result.code, result.stdout, result.stderr], [0, '', '']);
    assert.equal(platform.spans().length, 2000);
    assert.ok(platform.requests.length > 1, 'more than one batch');
    assert.equal(platform.requests[0]?.headers['content-encoding'], 'gzip');
    assert.equal(platform.requests[0]?.batches[0]?.resource['service.name'], 'test-application');
  });

  test(`${name}: what 503 and 429 put off is sent again, after Retry-After`, async () => {
    const answers = [
      { status: 503, headers: { 'retry-after': '1' } },
      { status: 429, headers: { 'retry-after': '0' } },
    ];
    const times: number[] = [];
    const platform = await startPlatform({
      traces: (n) => {
        times.push(Date.now());
        return answers[n] ?? { status: 200 };
      },
    });
    const app = script(`span('kept', { 'wardline.appsec.event': true }); setTimeout(() => {}, 2500);`);
    const result = await run(binary, [app], { WARDLINE_URL: platform.url }).finished;
    platform.close();
    assert.deepEqual([result.code, result.stdout, result.stderr], [0, '', '']);
    assert.deepEqual(
      platform.spans().map((span) => span.name),
      ['kept'],
    );
    assert.equal(times.length, 3);
    assert.ok(times[1]! - times[0]! >= 990, `${times[1]! - times[0]!} ms`);
  });

  test(`${name}: without a platform the process is not held up, and one line says so`, async () => {
    const app = script(`for (let i = 0; i < 20000; i++) span('lost-' + i); console.log('done');`);
    const result = await run(binary, [app], { WARDLINE_URL: 'http://127.0.0.1:9' }).finished;
    assert.deepEqual([result.code, result.stdout], [0, 'done\n']);
    const lines = result.stderr.trim().split('\n');
    assert.equal(lines.filter((line) => /cannot be reached at http:\/\/127\.0\.0\.1:9/.test(line)).length, 1);
    assert.equal(lines.filter((line) => /queue of spans is full/.test(line)).length, 1);
    assert.equal(lines.length, 2, result.stderr);
    assert.ok(result.duration < 5000, `${result.duration} ms`);
  });

  test(`${name}: a signal that the application handles sends what is waiting`, async () => {
    const platform = await startPlatform();
    const app = script(`process.on('SIGTERM', () => setTimeout(() => process.exit(7), 300));
setInterval(() => {}, 1000);
span('before the signal');
console.log('ready');`);
    const { child, line, finished } = run(binary, [app], { WARDLINE_URL: platform.url });
    await line('ready');
    child.kill('SIGTERM');
    const result = await finished;
    platform.close();
    assert.equal(result.code, 7);
    assert.equal(platform.spans().length, 1);
  });

  test(`${name}: a signal that the application does not handle ends it, as ever`, async () => {
    const platform = await startPlatform();
    const app = script(`setInterval(() => {}, 1000);
if (process.listenerCount('SIGTERM') + process.listenerCount('SIGINT') > 0) throw new Error('handled');
span('span');
console.log('ready');`);
    const { child, line, finished } = run(binary, [app], { WARDLINE_URL: platform.url });
    await line('ready');
    child.kill('SIGTERM');
    assert.equal((await finished).signal, 'SIGTERM');
    platform.close();
  });

  test(`${name}: an uncaught error ends the process with its exit code and message`, async () => {
    const app = script(`span('span'); throw new Error('of the application');`);
    const result = await run(binary, [app], { WARDLINE_URL: 'http://127.0.0.1:9' }).finished;
    assert.equal(result.code, 1);
    assert.match(result.stderr, /Error: of the application/);
  });
}

test('a platform that takes requests and answers none holds the end of a process up for 2 s at most', async () => {
  const platform = await startPlatform({ traces: () => undefined });
  const app = script(`span('unanswered');`);
  const result = await run(process.execPath, [app], { WARDLINE_URL: platform.url }).finished;
  platform.close();
  assert.deepEqual([result.code, result.stdout, result.stderr], [0, '', '']);
  assert.ok(result.duration < 4000, `${result.duration} ms`);
});

test('spans of a worker thread are delivered', async () => {
  const platform = await startPlatform();
  const worker = application.file('worker.cjs', `${HEADER}span('in the worker');`);
  const app = script(`const { Worker } = require('node:worker_threads');
new Worker(${JSON.stringify(worker)}).on('exit', (code) => console.log('worker ' + code));
span('in the main thread');`);
  const result = await run(process.execPath, [app], { WARDLINE_URL: platform.url }).finished;
  platform.close();
  assert.deepEqual([result.code, result.stdout, result.stderr], [0, 'worker 0\n', '']);
  const names = platform.spans().map(({ name }) => name);
  assert.deepEqual(names.sort(), ['in the main thread', 'in the worker']);
});

test('a trace with a security event does not wait for others', async () => {
  const platform = await startPlatform();
  const app = script(`setInterval(() => {}, 1000);
process.on('SIGTERM', () => process.exit(0));
span('ordinary');
span('attack', { 'wardline.appsec.event': true });
console.log('ended ' + Date.now());`);
  const { child, line, finished } = run(process.execPath, [app], { WARDLINE_URL: platform.url });
  const ended = Number(await line('ended '));
  await platform.until((spans) => spans.some(({ name }) => name === 'attack'));
  const delay = platform.requests[0]!.time - ended;
  assert.ok(delay < 500, `${delay} ms`);
  child.kill('SIGTERM');
  await finished;
  platform.close();
});

test('a full queue drops ordinary spans and keeps the traces with an event', async () => {
  const platform = await startPlatform({ traces: (n) => ({ status: n < 2 ? 503 : 200 }) });
  const app = script(`const { setTimeout: sleep } = require('node:timers/promises');
(async () => {
  span('attack', { 'wardline.appsec.event': true });
  await sleep(300);
  for (let i = 0; i < 30000; i++) span('ordinary');
  await sleep(10);
  await wardline.flush();
  await wardline.flush();
})();`);
  const result = await run(process.execPath, [app], { WARDLINE_URL: platform.url }).finished;
  platform.close();
  assert.equal(result.code, 0);
  const names = platform.spans().map(({ name }) => name);
  assert.equal(names.filter((name) => name === 'attack').length, 1);
  assert.ok(names.length <= 8192, `${names.length} spans were kept`);
  assert.match(result.stderr, /queue of spans is full/);
});

test('an outage of some length loses nothing', async () => {
  const platform = await startPlatform({ traces: (n) => ({ status: n < 3 ? 503 : 200 }) });
  const app = script(`const { setTimeout: sleep } = require('node:timers/promises');
(async () => {
  for (let i = 0; i < 15000; i++) {
    span('span-' + i);
    if (i % 500 === 0) await sleep(1);
  }
  for (let i = 0; i < 4; i++) await wardline.flush();
})();`);
  const result = await run(process.execPath, [app], { WARDLINE_URL: platform.url }).finished;
  platform.close();
  assert.deepEqual([result.code, result.stderr], [0, '']);
  assert.equal(new Set(platform.spans().map(({ name }) => name)).size, 15_000);
});

test('a platform that refuses the key is named, and the spans are dropped', async () => {
  const platform = await startPlatform({ traces: () => ({ status: 401 }) });
  const app = script(`span('refused');`);
  const result = await run(process.execPath, [app], { WARDLINE_URL: platform.url }).finished;
  platform.close();
  assert.equal(result.code, 0);
  assert.match(result.stderr, /^wardline: warn: .*\/v1\/traces answered 401.*WARDLINE_API_KEY\.\n$/);
});

test('flush() keeps a process alive until the spans are delivered', async () => {
  const platform = await startPlatform();
  const app = application.file(
    'flush.mjs',
    `import { init } from '@wardline/node';
import { trace } from '@opentelemetry/api';
const wardline = init();
trace.getTracer('application').startSpan('flushed').end();
await wardline.flush();
process.exit(0);`,
  );
  const result = await run(process.execPath, [app], { WARDLINE_URL: platform.url }).finished;
  platform.close();
  assert.deepEqual([result.code, result.stderr], [0, '']);
  assert.equal(platform.spans().length, 1);
});

test('after shutdown() nothing is sent any more', async () => {
  const platform = await startPlatform();
  const app = script(`span('before');
wardline.shutdown().then(() => { span('after'); return wardline.shutdown(); });`);
  const result = await run(process.execPath, [app], { WARDLINE_URL: platform.url }).finished;
  platform.close();
  assert.deepEqual([result.code, result.stderr], [0, '']);
  assert.deepEqual(
    platform.spans().map(({ name }) => name),
    ['before'],
  );
});
