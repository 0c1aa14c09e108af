import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readMigrations } from './migrations.ts';

test('files are read in order; a gap in the numbers is an error', async (context: TestContext) => {
  const directory = await mkdtemp(join(tmpdir(), 'wardline-migrations-'));
  context.after(() => rm(directory, { recursive: true }));
  const url = pathToFileURL(`${directory}/`);
  for (const file of ['0002_b.sql', '0001_a.sql', 'notes.txt']) await writeFile(join(directory, file), file);
  assert.deepEqual(
    (await readMigrations(url)).map(({ version, name, sql }) => [version, name, sql]),
    [
      [1, '0001_a.sql', '0001_a.sql'],
      [2, '0002_b.sql', '0002_b.sql'],
    ],
  );
  await writeFile(join(directory, '0004_d.sql'), '');
  await assert.rejects(readMigrations(url), /0004_d.sql should have the number 3/);
});
