import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from './query-complete.ts';

const VALUES = { service: ['orders', 'gateway'], '@workflow.rule.name': ['SQL injection exploited'] };

/** Completions of a query with the caret at `|`, which each shows in the same way. */
function completions(query: string): string[] {
  const caret = query.indexOf('|');
  return complete(query.replace('|', ''), caret, VALUES).map(
    ({ text, caret: at }) => `${text.slice(0, at)}|${text.slice(at)}`,
  );
}

describe('complete', () => {
  const cases: readonly (readonly [query: string, expected: string[]])[] = [
    ['|', []],
    ['serv|', ['service:|']],
    ['-serv|', ['-service:|']],
    ['client|', ['@http.client_ip:|']],
    ['@usr|', ['@usr.id:|', '@usr.login:|']],
    ['a serv| b', ['a service:| b']],
    ['service:|', ['service:orders |', 'service:gateway |']],
    ['service:o|', ['service:orders |']],
    ['service:orders|', []],
    ['service:(orders OR g|)', ['service:(orders OR gateway|)']],
    ['status:c|', ['status:critical |']],
    ['@workflow.rule.name:inj|', ['@workflow.rule.name:"SQL injection exploited" |']],
    ['"serv|', []],
    ['unknown:|', []],
    ['zzz|', []],
  ];
  for (const [query, expected] of cases)
    it(JSON.stringify(query), () => assert.deepEqual(completions(query), expected));

  it('offers what begins with the word before what has it elsewhere', () =>
    assert.equal(complete('st', 2, {})[0]?.label, 'status'));
});
