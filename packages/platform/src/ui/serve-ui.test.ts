import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createTestApp, type TestApp, temporaryDirectory } from '../../test/harness.ts';

const INDEX = '<!doctype html><title>Wardline</title>';

describe('the UI', () => {
  let test: TestApp;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  before(async () => {
    directory = await temporaryDirectory();
    const web = join(directory.path, 'web');
    await mkdir(join(web, 'assets'), { recursive: true });
    await writeFile(join(web, 'index.html'), INDEX);
    await writeFile(join(web, 'favicon.svg'), '<svg/>');
    await writeFile(join(web, '.env'), 'SECRET=1');
    await writeFile(join(web, 'assets', 'index-1a2b3c4d.js'), 'export {}');
    await writeFile(join(directory.path, 'secret.txt'), 'secret');
    test = await createTestApp(() => {}, { webDirectory: web });
  });
  after(async () => {
    await test.close();
    await directory.remove();
  });

  it('is served to everyone, its index page for its own routes too', async () => {
    for (const url of ['/', '/index.html', '/login', '/signals', '/traces/0123?from=now-1h', '/assets']) {
      const response = await test.app.inject({ url });
      assert.equal(response.statusCode, 200, url);
      assert.equal(response.body, INDEX, url);
      assert.match(String(response.headers['content-type']), /text\/html/);
      assert.equal(response.headers['cache-control'], 'no-cache', url);
      const policy = String(response.headers['content-security-policy']);
      assert.match(policy, /script-src 'self'(;|$)/);
      assert.match(policy, /frame-ancestors 'none'/);
    }
    assert.equal((await test.app.inject({ method: 'HEAD', url: '/login' })).statusCode, 200);
  });

  it('has its hashed files cached for good, others checked', async () => {
    const script = await test.app.inject({ url: '/assets/index-1a2b3c4d.js' });
    assert.match(String(script.headers['content-type']), /javascript/);
    assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable');
    const icon = await test.app.inject({ url: '/favicon.svg' });
    assert.equal(icon.headers['cache-control'], 'no-cache');
    const { etag } = icon.headers;
    assert.equal(
      (await test.app.inject({ url: '/favicon.svg', headers: { 'if-none-match': String(etag) } })).statusCode,
      304,
    );
  });

  it('serves nothing else', async () => {
    for (const url of [
      '/assets/gone-1.js',
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
      '/.env',
    ]) {
      const response = await test.app.inject({ url });
      assert.ok([400, 403, 404].includes(response.statusCode), `${url}: ${response.statusCode}`);
      assert.doesNotMatch(response.body, /secret=|^secret/i, url);
    }
    assert.equal((await test.app.inject({ method: 'POST', url: '/login' })).statusCode, 404);
  });
});

describe('the UI, not built', () => {
  it('says how to build it', async () => {
    const test = await createTestApp(() => {});
    for (const url of ['/', '/signals']) {
      const response = await test.app.inject({ url });
      assert.equal(response.statusCode, 200);
      assert.match(response.body, /make build/);
      assert.match(String(response.headers['content-security-policy']), /default-src 'none'/);
    }
    await test.close();
  });
});
