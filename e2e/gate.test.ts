/** Gates of CI pipelines: the command, and plain curl. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Exploit, exploits, type Shop, send, startShop } from '../examples/shop/run/index.ts';
import { eventually, root, signals, startTestPlatform, type TestPlatform } from './harness.ts';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const run = (file: string, args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(file, args, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });

describe('the gate', () => {
  let platform: TestPlatform;
  let shop: Shop;
  const gate = (...args: string[]) =>
    run(process.execPath, [join(root, 'packages/cli/dist/main.js'), 'gate', ...args], {
      WARDLINE_URL: platform.url,
      WARDLINE_API_KEY: platform.credentials.apiKey,
      WARDLINE_APP_KEY: platform.credentials.applicationKey,
    });

  before(async () => {
    platform = await startTestPlatform();
    const { apiKey } = platform.credentials;
    shop = await startShop({ platformUrl: platform.url, apiKey, mode: 'monitor', env: 'staging' });
    await send(shop.url, exploits(shop.internal.url)[0] as Exploit);
    await eventually('signal', async () => (await signals(platform, 'env:staging status:critical'))[0]);
  });
  after(async () => {
    await shop.stop();
    await platform.close();
  });

  it('exits 1 on findings, and names the vulnerable line', async () => {
    const { code, stdout, stderr } = await gate(
      '--service',
      'orders',
      '--env',
      'staging',
      '--status',
      'high',
    );
    assert.equal(code, 1, stderr);
    assert.match(stdout, /SQL injection exploited/);
    assert.match(stdout, /src\/orders\.cjs:\d+/);
  });

  it('exits 0 on a clean service', async () => {
    const { code, stdout } = await gate('--service', 'accounts', '--env', 'staging');
    assert.equal(code, 0);
    assert.match(stdout, /No signals/);
  });

  it('prints JSON, SARIF and JUnit', async () => {
    const json = JSON.parse((await gate('--env', 'staging', '--format', 'json')).stdout);
    assert.equal(json.findings[0].severity, 'critical');
    const sarif = JSON.parse((await gate('--env', 'staging', '--format', 'sarif')).stdout);
    assert.equal(sarif.version, '2.1.0');
    assert.match(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, /orders\.cjs$/);
    assert.match(
      (await gate('--env', 'staging', '--format', 'junit')).stdout,
      /<failure message="SQL injection/,
    );
  });

  it('exits 2 with a reason when it could not ask', async () => {
    const wrongKey = await gate('--api-key', 'wrong');
    assert.equal(wrongKey.code, 2);
    assert.match(wrongKey.stderr, /refused the keys/);
    const nobody = await gate('--url', 'http://127.0.0.1:9999');
    assert.equal(nobody.code, 2);
    assert.match(nobody.stderr, /No answer from/);
    const badQuery = await gate('--query', '@a:[1 TO');
    assert.equal(badQuery.code, 2);
    assert.match(badQuery.stderr, /400/);
  });

  it('is a line of curl, too', async () => {
    const { apiKey, applicationKey } = platform.credentials;
    const count = async (query: string) => {
      const { code, stdout } = await run('curl', [
        '-s',
        `${platform.url}/api/v2/security_monitoring/signals`,
        ...['-H', `DD-API-KEY: ${apiKey}`, '-H', `DD-APPLICATION-KEY: ${applicationKey}`, '-G'],
        ...['--data-urlencode', `filter[query]=${query}`, '--data-urlencode', 'filter[from]=now-1h'],
      ]);
      assert.equal(code, 0);
      return JSON.parse(stdout).data.length;
    };
    assert.equal(await count('env:staging service:orders status:critical'), 1);
    assert.equal(await count('env:staging service:orders status:low'), 0);
  });
});
