import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../src/index.ts';
import { comparable, openLibddwaf } from './libddwaf.ts';
import vectors from './vectors/checksums.json' with { type: 'json' };

const OPERATORS = ['match_regex_with_checksum', '!match_regex_with_checksum'];

for (const { name, parameters, values } of vectors) {
  test(`match_regex_with_checksum: ${name}`, () => {
    for (const operator of OPERATORS) assertSame(operator, parameters, values);
  });
}

test('match_regex_with_checksum: random digits', () => {
  const patterns = [
    '\\d{2,4}',
    '\\d+',
    '\\d\\d',
    '\\d[ -]?\\d',
    '\\b\\d+\\b',
    '[\\d ]{3}',
    '(?:\\d|x)+?\\d',
    'x\\d*',
  ];
  for (const regex of patterns) {
    for (const operator of OPERATORS) assertSame(operator, { regex }, randomValues(150));
  }
});

/** Asserts that a condition gives the same events in both engines for each value. */
function assertSame(operator: string, parameters: object, values: readonly unknown[]): void {
  const condition = {
    operator,
    parameters: { ...parameters, checksum: 'luhn', inputs: [{ address: 'value' }] },
  };
  const ruleset = { rules: [{ id: 'r', name: 'r', tags: { type: 't' }, conditions: [condition] }] };
  const waf = compile(ruleset, { obfuscator: { keyRegex: '', valueRegex: '' }, limits: { timeout: 1e7 } });
  const oracle = openLibddwaf(ruleset)!;
  for (const value of values) {
    const [theirs] = oracle.run([{ persistent: { value } }]);
    const ours = waf.newContext().run({ value });
    assert.deepEqual(
      comparable(ours),
      comparable(theirs!),
      `${operator} ${JSON.stringify([parameters, value])}`,
    );
  }
  oracle.close();
}

function randomValues(count: number): string[] {
  let state = 1;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const characters = '0123456789 -x';
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + below(12) }, () => characters[below(characters.length)]!).join(''),
  );
}
