import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { jsonFault } from './json-fault.ts';

const cases: [text: string, position: number, expected: string][] = [
  ['', 0, 'a value'],
  ['{', 1, 'a key in double quotes or "}"'],
  ['{"a"', 4, '":"'],
  ['{"a":', 5, 'a value'],
  ['{"a":1', 6, '"," or "}"'],
  ['{"a":1,}', 7, 'a key in double quotes'],
  ['{a:1}', 1, 'a key in double quotes or "}"'],
  ['[1,]', 3, 'a value'],
  ['[1 2]', 3, '"," or "]"'],
  ['hello', 0, 'a value'],
  ['{}x', 2, 'the end'],
  ['01', 1, 'the end'],
  ['["a\n"]', 3, 'a valid character or escape in the string'],
  ['["a\\x"]', 3, 'a valid character or escape in the string'],
  ['"never closed', 13, 'the closing "'],
];

describe('jsonFault', () => {
  for (const [text, position, expected] of cases) {
    it(`finds the fault of ${JSON.stringify(text)}`, () => {
      const fault = jsonFault(text);
      assert.equal(fault?.position, position);
      assert.equal(fault.expected, expected);
    });
  }

  it('counts lines and columns from 1', () => {
    assert.deepEqual(jsonFault('{\n  "a": 1\n  "b": 2\n}'), {
      position: 13,
      line: 3,
      column: 3,
      expected: '"," or "}"',
    });
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.stringMatching(/^[[\]{}",:\\0-9a-ftrue.eE+\- ]{0,20}$/),
      fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([json, at, text]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + text + json.slice(place + text.length);
      }),
    );
    fc.assert(
      fc.property(text, (json) => {
        let valid = true;
        try {
          JSON.parse(json);
        } catch {
          valid = false;
        }
        assert.equal(jsonFault(json) === undefined, valid);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads deep nesting without recursion', () => {
    assert.equal(jsonFault('['.repeat(200_000))?.position, 200_000);
  });
});
