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
    const { sources, ...form } = searchForm(names.map((name) => transformerByName(name)!));
    const found = { ...form, remaining: form.remaining.map(({ name }) => name) };
    assert.deepEqual(found, { remaining, lowered, changes }, names.join());
  }
});

test('what a text must have for a character to come of it', () => {
  const sourcesOf = (names: string[], character: string) => {
    const { sources } = searchForm(names.map((name) => transformerByName(name)!));
    return sources(character.codePointAt(0)!)?.map((codePoint) => String.fromCodePoint(codePoint));
  };
  assert.deepEqual(sourcesOf([], '<'), ['<']);
  assert.deepEqual(sourcesOf(['remove_nulls', 'normalize_path'], '<'), ['<']);
  assert.deepEqual(sourcesOf(['lowercase', 'url_decode'], 'k'), ['k', '%', 'K']);
  assert.deepEqual(sourcesOf(['url_decode', 'html_entity_decode'], '<'), ['<', '&', '%']);
  assert.deepEqual(sourcesOf(['unicode_normalize'], '$'), ['$', '\ufe69', '\uff04', '\u{e0024}']);
  assert.equal(sourcesOf(['unicode_normalize'], 'k'), undefined);
  assert.equal(sourcesOf(['base64_decode', 'url_decode'], '<'), undefined);
});
