import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { OPTIONS } from './options.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The README's table of options, as it must be. */
function optionsTable(): string {
  const rows = Object.entries(OPTIONS).map(([key, option]) => {
    const variables = option.env
      .map((name) => {
        const [variable, entry] = name.split(':');
        return entry === undefined ? `\`${variable}\`` : `\`${entry}\` in \`${variable}\``;
      })
      .join(', ');
    const fallback = option.defaultText ?? (option.default === '' ? 'none' : `\`${String(option.default)}\``);
    return `| \`${key}\` | ${variables} | ${fallback} | ${option.doc} Accepts ${option.accepts}. |`;
  });
  return ['| `init()` | variables, by precedence | default | |', '|---|---|---|---|', ...rows].join('\n');
}

test("the README's table is that of the options", () => {
  const table = /\| `init\(\)` \|[\s\S]*?(?=\n\n)/.exec(readme)?.[0];
  assert.equal(table, optionsTable());
});
