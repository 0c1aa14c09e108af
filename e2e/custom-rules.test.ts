/** The page on custom rules, run: its files are written, its commands executed, as a reader would. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from './harness.ts';

const page = readFileSync(join(root, 'docs/custom-rules.md'), 'utf8');
const directory = mkdtempSync(join(tmpdir(), 'wardline-rules-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** A file is a block after its name in a line of its own. */
for (const [, name, code] of page.matchAll(/^`([\w.-]+)`[^\n]*\n\n```\w+\n(.*?)^```$/gms)) {
  writeFileSync(join(directory, name!), code!);
}
const commands = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, code]) => code!.trim().split('\n'));

describe('the commands of docs/custom-rules.md', () => {
  it('are there', () => assert.ok(commands.length >= 5));

  for (const command of commands) {
    it(command, () => {
      const [program, ...args] = command.split(' ');
      assert.equal(program, 'wardline');
      execFileSync(process.execPath, [join(root, 'packages/cli/dist/main.js'), ...args], { cwd: directory });
    });
  }
});
