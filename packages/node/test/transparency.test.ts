import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { type Bundle, bundleAgent } from './harness/bundle.ts';
import { run } from './support/run.ts';
import { RUNTIMES } from './support/runtimes.ts';

const APP = join(import.meta.dirname, 'apps/behaviour.cjs');

let bundle: Bundle;
before(async () => {
  bundle = await bundleAgent();
});

for (const { name, binary } of RUNTIMES) {
  test(`${name}: an application sees no difference`, async () => {
    const env = {
      PATH: process.env.PATH ?? '',
      WARDLINE_URL: 'http://127.0.0.1:9',
      WARDLINE_LOG_LEVEL: 'off',
    };
    const bare = await run(binary, [APP], env).finished;
    assert.equal(bare.code, 5, bare.stderr);
    for (const mode of ['false', 'monitor', 'block']) {
      const settings = { ...env, WARDLINE_APPSEC_ENABLED: mode };
      const watched = await run(binary, ['-r', bundle.registerCjs, APP], settings).finished;
      assert.equal(watched.code, 5, watched.stderr);
      assert.deepEqual(watched.stdout.split('\n'), bare.stdout.split('\n'), `mode ${mode}`);
    }
  });
}
