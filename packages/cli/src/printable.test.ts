import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { printable } from './printable.ts';

describe('printable', () => {
  const cases: [value: string, expected: string][] = [
    ['orders · Zürich 注文', 'orders · Zürich 注文'],
    ['a\r\n::error::b', 'a\ufffd\ufffd::error::b'],
    ['\x1b[31mred\x9b0m\0', '\ufffd[31mred\ufffd0m\ufffd'],
    ['right \u202eto left', 'right \ufffdto left'],
  ];
  for (const [value, expected] of cases) {
    it(`keeps ${JSON.stringify(value)} on its line`, () => assert.equal(printable(value), expected));
  }
});
