import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonEachRow } from './json-each-row.ts';

const text = (...rows: object[]) => jsonEachRow(rows).toString();

test('one object a line, bigints with all their digits', () => {
  assert.equal(
    text({ a: 18_446_744_073_709_551_615n, b: [1] }, {}),
    '{"a":18446744073709551615,"b":[1]}\n{}\n',
  );
  assert.equal(text(), '');
});

test('a lone surrogate becomes U+FFFD, wherever it stands; all else stays', () => {
  const cases: [value: object, json: string][] = [
    [{ a: '\ud800' }, '{"a":"\\ufffd"}'],
    [{ a: '\udfffx\udbff' }, '{"a":"\\ufffdx\\ufffd"}'],
    [{ '\ud800': { '\udc00': ['\ud800'] } }, '{"\\ufffd":{"\\ufffd":["\\ufffd"]}}'],
    [{ a: '😀\ud83d' }, '{"a":"😀\\ufffd"}'],
    [{ a: '\\ud800' }, '{"a":"\\\\ud800"}'],
    [{ a: '\\\ud800"\\\\' }, '{"a":"\\\\\\ufffd\\"\\\\\\\\"}'],
    [{ a: '\u0000\ud800\n' }, '{"a":"\\u0000\\ufffd\\n"}'],
  ];
  for (const [value, json] of cases) assert.equal(text(value), `${json}\n`);
});
