/** What is looked for at key paths, in maps and arrays; without integers, which libddwaf reads otherwise, there too. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import appsec from '@datadog/native-appsec';
import { compile } from '../index.ts';

const rule = (id: string, keyPath: (string | number)[], transformers: string[] = []) => ({
  id,
  name: id,
  tags: { type: id },
  conditions: [
    {
      operator: 'match_regex',
      parameters: { inputs: [{ address: 'a', key_path: keyPath, transformers }], regex: 'needle|\\S' },
    },
    {
      operator: 'match_regex',
      parameters: { inputs: [{ address: 'a', key_path: keyPath, transformers }], regex: 'needle' },
    },
  ],
});

const RULES = [
  rule('x', ['x']),
  rule('x.y', ['x', 'y']),
  rule('first', [0]),
  rule('last', [-1]),
  rule('digits', ['0']),
  rule('second of first', [0, 1]),
  rule('keys of x', ['x'], ['keys_only']),
  rule('everywhere', []),
];

const WITH_INTEGERS = ['first', 'last', 'second of first'];

const CASES: [value: unknown, matching: string[]][] = [
  [{ x: 'needle' }, ['everywhere', 'x']],
  [{ x: { y: 'needle', z: 'hay' } }, ['everywhere', 'x', 'x.y']],
  [{ x: { needle: 'hay' } }, ['keys of x']],
  [{ z: { x: 'needle' } }, ['everywhere']],
  [{ 0: 'needle' }, ['digits', 'everywhere', 'first']],
  [
    ['needle', 'hay'],
    ['everywhere', 'first'],
  ],
  [
    ['hay', 'needle'],
    ['everywhere', 'last'],
  ],
  [
    [['hay', 'needle'], 'hay'],
    ['everywhere', 'first', 'second of first'],
  ],
  ['needle', ['everywhere']],
];

test('a rule sees what is at and below its key path, and nothing else', () => {
  const ruleset = { version: '2.2', rules: RULES };
  const waf = compile(ruleset, { limits: { timeout: 1e9 } });
  const oracle = new appsec.DDWAF(ruleset as never, 'rules');
  const ids = ({ events }: { events?: unknown[] }) =>
    ((events ?? []) as { rule: { id: string } }[]).map(({ rule }) => rule.id).sort();
  for (const [value, matching] of CASES) {
    const shown = JSON.stringify(value);
    assert.deepEqual(ids(waf.newContext().run({ a: value })), matching, shown);
    const context = oracle.createContext();
    const theirs = ids(context.run({ persistent: { a: value } } as never, 1e7));
    const named = (id: string) => !WITH_INTEGERS.includes(id);
    assert.deepEqual(theirs.filter(named), matching.filter(named), `libddwaf: ${shown}`);
    context.dispose();
  }
});
