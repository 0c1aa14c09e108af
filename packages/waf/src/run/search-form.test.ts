import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transformerByName } from '../transform/index.ts';
import { searchForm } from './search-form.ts';

const CASES: [
  transformers: string[],
  remaining: string[],
  lowered: boolean,
  changes: string[] | undefined,
][] = [
  [[], [], false, []],
  [['lowercase'], [], true, []],
  [['remove_nulls', 'lowercase'], ['remove_nulls'], true, ['\\x00']],
  [['lowercase', 'remove_nulls'], ['remove_nulls'], true, ['\\x00']],
  [['url_decode', 'lowercase'], ['url_decode'], true, ['[+%]']],
  [['lowercase', 'url_decode'], ['lowercase', 'url_decode'], false, ['[+%]', '[A-Z]']],
  [['base64_decode'], ['base64_decode'], false, undefined],
];

test('what of a chain is left to do to a text', () => {
  for (const [names, remaining, lowered, changes] of CASES) {
    const form = searchForm(names.map((name) => transformerByName(name)!));
    const found = { ...form, remaining: form.remaining.map(({ name }) => name) };
    const addsNothing = !/decode/.test(remaining.join());
    assert.deepEqual(found, { remaining, lowered, changes, addsNothing }, names.join());
  }
});
