import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileRegex } from './regex.ts';

function matches(pattern: string, input: string): string[] {
  return [...compileRegex(pattern).matches(input)].map(({ start, end }) => input.slice(start, end));
}

test('matches follow one another without overlap', () => {
  assert.deepEqual(matches('\\d+', 'a1bc23 456'), ['1', '23', '456']);
  assert.deepEqual(matches('aa', 'aaaaa'), ['aa', 'aa']);
  assert.deepEqual(matches('.', 'é😀x'), ['é', '😀', 'x']);
  assert.deepEqual(matches('x', 'abc'), []);
  assert.deepEqual(matches('x', ''), []);
});

test('each is looked for in what is left, as in a text of its own', () => {
  assert.deepEqual(matches('^\\d\\d', '1234 56'), ['12', '34']);
  assert.deepEqual(matches('\\b\\d\\d', '1234'), ['12', '34']);
  assert.deepEqual(matches('\\B\\d', '1234'), ['2', '4']);
});

test('an empty match is the end', () => {
  assert.deepEqual(matches('\\d*', '12a34'), ['12']);
  assert.deepEqual(matches('a?', 'b'), []);
});

test('they end early only where each is decided far behind it', () => {
  const digits = '12'.repeat(1000);
  assert.equal(matches('\\d\\d', digits).length, 1000);
  assert.equal(matches('\\d\\d(?:x.*)?', digits).length, 1000);
  const undecided = matches('\\d\\d(?:.*x)?', digits).length;
  assert.ok(undecided >= 32 && undecided < 64, String(undecided));
});
