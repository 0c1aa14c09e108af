import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlFragments } from '../../test/sql-fragments.ts';
import vectors from '../../test/vectors/is-sqli.json' with { type: 'json' };
import { compileRegex } from '../regex/index.ts';
import { isSqli } from './is-sqli.ts';
import { necessaryExpression } from './sqli/necessary.ts';

const matcher = isSqli.parse({});

test('injections are told, with their fingerprints', () => {
  for (const { text, fingerprint } of vectors.injections)
    assert.equal(matcher.match(text), fingerprint, text);
});

test('what is no injection is left alone', () => {
  for (const text of ['', ...vectors.harmless]) assert.equal(matcher.match(text), undefined, text);
});

test('there is no negation', () => {
  assert.equal(isSqli.negatable, false);
});

test('what matches contains what is looked for with all else', () => {
  const necessary = compileRegex(necessaryExpression(), { caseSensitive: false });
  let matches = 0;
  const texts = [
    ...vectors.injections.map(({ text }) => text),
    ...vectors.differences.map(({ text }) => text),
    ...sqlFragments(7, 30_000),
  ];
  for (const text of texts) {
    for (const variant of [text, text.toUpperCase()]) {
      if (matcher.match(variant) === undefined) continue;
      matches++;
      assert.ok(necessary.test(variant), variant);
    }
  }
  assert.ok(matches > 1000, `${matches} matches`);
});

test('prose, names, addresses and codes are ruled out without being read as SQL', () => {
  const { search } = matcher;
  const texts = [
    'Jane Doe',
    "Conor O'Brien",
    '12 Main Street',
    'jane.doe@example.com',
    '+49 30 1234567',
    '2024-05-01T10:00:00Z',
    'https://shop.example.com/chairs/12?page=2&sort=price',
    '550e8400-e29b-41d4-a716-446655440000',
    'please deliver before noon and leave it with a neighbour if nobody answers',
    'Mozilla/5.0 rv:133.0',
    'R0lGODlhAQABAIAAAAUEBA==',
    '',
  ];
  const necessary = compileRegex(necessaryExpression(), { caseSensitive: false });
  for (const text of texts) assert.equal(necessary.test(text), false, text);
  assert.equal(search?.isFrequent, false);
});
