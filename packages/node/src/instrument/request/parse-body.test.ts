import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBody } from './parse-body.ts';

const plain = (value: unknown) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
const part = (head: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;
const FORM = 'multipart/form-data; boundary=x';

for (const [type, text, body] of [
  ['application/json', '{"a":["ü",1]}', { a: ['ü', 1] }],
  ['application/json', '{"a":"cut', '{"a":"cut'],
  ['application/vnd.api+json', ' [1]', [1]],
  ['text/plain', '{"a":1}', { a: 1 }],
  ['image/png', '{"a":1}', { a: 1 }],
  [undefined, '{"a":1}', { a: 1 }],
  ['application/x-www-form-urlencoded', 'a=1&a=2&b[c]=%27', { a: ['1', '2'], b: { c: "'" } }],
  ['text/plain', 'a=1&b=%27', { a: '1', b: "'" }],
  ['text/plain', 'hello, a = b', 'hello, a = b'],
  ['text/xml', '<a b="c"/>', '<a b="c"/>'],
  ['application/json', '', undefined],
  ['application/octet-stream', 'PK\x03\x04\0\0', undefined],
  [FORM, `${part('name="a"', 'x y')}${part('name=b', 'ü')}--x--`, { a: 'x y', b: 'ü' }],
  [FORM, `${part('filename="../f.txt"; name="f"', 'content')}--x--`, { f: '../f.txt' }],
  [FORM, `${part('name="f"; filename="n"', 'c')}${part('name="a"', 'cut')}`, { f: 'n', a: 'cut' }],
  [FORM, `${part('name="a"', '1')}${part('name="a"', '2')}--x--`, { a: ['1', '2'] }],
  [FORM, `--x\n Content-Disposition: form-data; name="a"\n\nbare\n--x--`, { a: 'bare' }],
  ['multipart/form-data; boundary="x"; charset=y', `${part('name="a"', '1')}--x--`, { a: '1' }],
  [FORM, 'nothing of the kind', undefined],
] as const) {
  test(`${type}: ${JSON.stringify(text)}`, () => {
    assert.deepEqual(plain(parseBody(Buffer.from(text), type)), body);
  });
}

test('a charset is decoded as it says', () => {
  const bytes = Buffer.from('{"a":"\' OR 1=1"}', 'utf16le');
  assert.deepEqual(parseBody(bytes, 'application/json; charset=utf-16le'), { a: "' OR 1=1" });
  assert.deepEqual(parseBody(Buffer.from('{"a":1}'), 'application/json; charset=unheard-of'), { a: 1 });
});

test('a body takes time in proportion to its size', () => {
  for (const text of ['--x\r\n', '\r\n', 'name="', '--x\r\nContent-Disposition: a; name=', 'a=', '=', ' {']) {
    for (const type of [FORM, 'text/plain', 'application/json', undefined]) {
      parseBody(Buffer.from(text.repeat((128 * 1024) / text.length)), type);
    }
  }
});
