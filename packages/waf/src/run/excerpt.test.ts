import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../index.ts';

const RULE = {
  id: 'r',
  name: 'r',
  tags: { type: 't' },
  conditions: [{ operator: 'match_regex', parameters: { inputs: [{ address: 'a' }], regex: 'needle|^y+$' } }],
};
const run = (a: string, obfuscator = {}) => {
  const { events, truncated } = compile({ rules: [RULE] }, { obfuscator, limits: { timeout: 1e9 } })
    .newContext()
    .run({ a });
  assert.equal(truncated, undefined);
  const [part] = events[0]!.rule_matches[0]!.parameters;
  assert.ok(part !== undefined && 'value' in part);
  return part;
};

test('an attack behind 128 kB of filler is found, and shown with what is around it', () => {
  for (const [before, after] of [
    [128 * 1024, 0],
    [200_000, 50_000],
    [0, 200_000],
    [5, 5000],
  ] as const) {
    const { value, highlight } = run(`${'x'.repeat(before)}needle${'z'.repeat(after)}`);
    assert.deepEqual(highlight, ['needle']);
    assert.ok(value.includes('needle'));
    assert.equal(value.length, 4096);
  }
});

test('a long match is shown in part, a short value whole', () => {
  const { value, highlight } = run('y'.repeat(10_000));
  assert.deepEqual([value.length, highlight[0]?.length], [4096, 4096]);
  assert.equal(run('a needle').value, 'a needle');
});

test('a secret outside the excerpt hides the value nevertheless', () => {
  assert.equal(run(`password=hunter22 ${'x'.repeat(100_000)}needle`).value, '<Redacted>');
});
