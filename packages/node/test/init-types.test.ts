import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { buildTypes } from '../build.ts';
import { installAgent } from './support/installed-agent.ts';
import { run } from './support/run.ts';

const { resolve } = createRequire(import.meta.url);
const TSC = join(dirname(resolve('typescript/package.json')), 'bin/tsc');
const TYPES = dirname(dirname(resolve('@types/node/package.json')));
const CALLS = `const handle: Wardline = init({ appsec: 'block', trustedProxies: 1 } satisfies InitOptions);
void handle.flush();
appsec.setUser({ id: '42' });
// @ts-expect-error not an option
init({ servise: 'x' });
`;

test('TypeScript finds the types from ES modules and from CommonJS', async () => {
  const application = await installAgent();
  buildTypes(join(application.folder, 'node_modules/@wardline/node/dist'));
  const files = [
    application.file(
      'app.mts',
      `import '@wardline/node/register';
import { appsec, init, type InitOptions, type Wardline } from '@wardline/node';
${CALLS}`,
    ),
    application.file(
      'app.cts',
      `import wardline = require('@wardline/node');
type InitOptions = wardline.InitOptions;
type Wardline = wardline.Wardline;
const { appsec, init } = wardline;
${CALLS}`,
    ),
  ];
  const flags = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--module',
    'node16',
    '--typeRoots',
    TYPES,
    '--types',
    'node',
  ];
  const result = await run(process.execPath, [TSC, ...flags, ...files]).finished;
  application.remove();
  assert.equal(result.stdout + result.stderr, '');
  assert.equal(result.code, 0);
});
