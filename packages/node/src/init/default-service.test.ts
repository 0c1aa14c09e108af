import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { defaultService, FALLBACK_SERVICE } from './default-service.ts';

const root = mkdtempSync(join(tmpdir(), 'wardline-service-'));
after(() => rmSync(root, { recursive: true }));

function file(path: string, text: string): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

test('the name in the nearest package.json above the main script', () => {
  file('shop/package.json', '{"name":"shop"}');
  assert.equal(defaultService(file('shop/src/deep/main.js', ''), '/'), 'shop');
});

test('a package.json without a name, or with a fault, is passed over', () => {
  file('outer/package.json', '{"name":"outer"}');
  file('outer/a/package.json', '{"type":"module"}');
  file('outer/a/b/package.json', '{');
  assert.equal(defaultService(file('outer/a/b/main.js', ''), '/'), 'outer');
});

test('for a tool in node_modules, the working directory counts', () => {
  file('site/package.json', '{"name":"site"}');
  file('site/node_modules/next/package.json', '{"name":"next"}');
  const script = file('site/node_modules/next/bin/next.js', '');
  assert.equal(defaultService(script, join(root, 'site')), 'site');
});

test('without a script or a package.json', () => {
  assert.equal(defaultService(undefined, '/'), FALLBACK_SERVICE);
  assert.equal(defaultService('/nowhere/main.js', '/'), FALLBACK_SERVICE);
});
