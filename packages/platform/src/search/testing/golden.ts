import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';

/** One generated statement, and what it was generated for. */
export interface GoldenCase {
  title: string;
  sql: string;
  params: unknown;
}

/**
 * Compares generated SQL with the file that shows it to reviewers. Run the tests with UPDATE_GOLDEN=1 to write the file
 * anew, and read its diff.
 */
export async function assertGolden(file: URL, cases: readonly GoldenCase[]): Promise<void> {
  const text = cases
    .map(({ title, sql, params }) => `-- ${title}\n${sql}\n-- ${JSON.stringify(params)}\n`)
    .join('\n');
  if (process.env.UPDATE_GOLDEN) await writeFile(file, text);
  assert.equal(text, await readFile(file, 'utf8'));
}
