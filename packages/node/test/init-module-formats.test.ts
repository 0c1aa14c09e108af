import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Application, installAgent } from './support/installed-agent.ts';
import { type Platform, startPlatform } from './support/platform.ts';
import { run } from './support/run.ts';
import { RUNTIMES } from './support/runtimes.ts';

const OPTIONS = "{ service: 'formats', env: 'test', version: '1.2.3' }";
const SPAN = "trace.getTracer('application', '7').startSpan('hello').end(); console.log('application done');";

/** How an application enables the agent: what it is, and what node is given before it. */
const FORMATS: { name: string; file: string; args: string[]; text: string }[] = [
  {
    name: 'require() and init()',
    file: 'require.cjs',
    args: [],
    text: `require('@wardline/node').init(${OPTIONS});
const { trace } = require('@opentelemetry/api');
${SPAN}`,
  },
  {
    name: 'import and init()',
    file: 'import.mjs',
    args: [],
    text: `import { init, appsec } from '@wardline/node';
import { trace } from '@opentelemetry/api';
init(${OPTIONS});
if (typeof appsec.setUser !== 'function') throw new Error('no SDK');
${SPAN}`,
  },
  {
    name: '--import and CommonJS',
    file: 'preloaded.cjs',
    args: ['--import', '@wardline/node/register'],
    text: `const { trace } = require('@opentelemetry/api'); ${SPAN}`,
  },
  {
    name: '--import and ES modules',
    file: 'preloaded.mjs',
    args: ['--import', '@wardline/node/register'],
    text: `import { trace } from '@opentelemetry/api'; ${SPAN}`,
  },
  {
    name: '-r and CommonJS',
    file: 'required.cjs',
    args: ['-r', '@wardline/node/register'],
    text: `const { trace } = require('@opentelemetry/api'); ${SPAN}`,
  },
  {
    name: '--import, then init() by require and by import, is one agent',
    file: 'twice.mjs',
    args: ['--import', '@wardline/node/register'],
    text: `import { createRequire } from 'node:module';
import wardline, { init } from '@wardline/node';
import { trace } from '@opentelemetry/api';
const again = createRequire(import.meta.url)('@wardline/node').init({ service: 'other' });
if (init() !== again || wardline.init() !== again) throw new Error('two agents');
${SPAN}`,
  },
];

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

for (const runtime of RUNTIMES) {
  for (const format of FORMATS) {
    test(`${runtime.name}: ${format.name}`, async () => {
      platform.requests.length = 0;
      const script = application.file(format.file, format.text);
      const args = format.args.map((arg) =>
        arg === '@wardline/node/register' ? resolveRegister(format.args[0]!, application.folder) : arg,
      );
      const result = await run(runtime.binary, [...args, script], {
        WARDLINE_URL: platform.url,
        WARDLINE_SERVICE: 'formats',
        WARDLINE_ENV: 'test',
        WARDLINE_VERSION: '1.2.3',
        WARDLINE_API_KEY: 'the-key',
      }).finished;
      assert.equal(result.stderr, '');
      assert.equal(result.stdout, 'application done\n');
      assert.equal(result.code, 0);

      const [request] = platform.requests;
      assert.equal(request?.headers['x-api-key'], 'the-key');
      const batch = request.batches.find(({ scope }) => scope.name === 'application');
      assert.deepEqual(batch?.scope, { name: 'application', version: '7' });
      assert.deepEqual(
        batch.spans.map(({ name }) => name),
        ['hello'],
      );
      const { resource } = batch;
      assert.equal(resource['service.name'], 'formats');
      assert.equal(resource['deployment.environment.name'], 'test');
      assert.equal(resource['service.version'], '1.2.3');
      assert.equal(resource['telemetry.sdk.name'], 'wardline');
      assert.match(String(resource['process.runtime.version']), /^\d+\.\d+\.\d+/);
    });
  }
}

/** Node resolves a preloaded package from the working directory, which is the tests'. */
function resolveRegister(flag: string, folder: string): string {
  const extension = flag === '-r' ? 'cjs' : 'mjs';
  return `${flag === '-r' ? '' : 'file://'}${folder}/node_modules/@wardline/node/dist/register.${extension}`;
}
