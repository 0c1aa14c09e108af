import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { makeOwnDirectory, makePrivateDirectory } from './private-directory.ts';

describe('a private directory', () => {
  const base = mkdtempSync(join(tmpdir(), 'wardline-private-'));
  after(() => rmSync(base, { recursive: true, force: true }));
  const mode = (path: string) => statSync(path).mode & 0o777;

  it('is made with the ones above it, for this user only', async () => {
    await makePrivateDirectory(join(base, 'a/b/c'));
    for (const path of ['a', 'a/b', 'a/b/c']) assert.equal(mode(join(base, path)), 0o700);
  });

  it('stays as it is where it is there, unless it is to be ours alone', async () => {
    const path = join(base, 'there');
    mkdirSync(path);
    chmodSync(path, 0o755);
    await makePrivateDirectory(path);
    assert.equal(mode(path), 0o755);
    await makeOwnDirectory(path);
    assert.equal(mode(path), 0o700);
  });

  it('is refused where none can be made', async () => {
    await assert.rejects(makePrivateDirectory('/proc/nope/deeper'));
  });
});
