import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuery, queryOf } from './query.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

for (const [text, parameters] of [
  ['', {}],
  ['a=1&b=two', { a: '1', b: 'two' }],
  ['a=1&a=2&a=3', { a: ['1', '2', '3'] }],
  ['a', { a: '' }],
  ['=x', { '': 'x' }],
  ['a=b=c', { a: 'b=c' }],
  ['&&a=1&', { a: '1' }],
  ['q=green+tea%21', { q: 'green tea!' }],
  ['q=100%&r=%zz%41', { q: '100%', r: '%zzA' }],
  ['a[b]=1&a[c]=2', { a: { b: '1', c: '2' } }],
  ['a%5Bb%5D=1', { a: { b: '1' } }],
  ['a[]=1&a[]=2', { a: ['1', '2'] }],
  ['a[b][]=1', { a: { b: '1' } }],
  ['user[$ne]=x', { user: { $ne: 'x' } }],
  ['a=1&a[b]=2', { a: ['1', { b: '2' }] }],
  ['a[b=1', { a: '1' }],
  ['[x]=1', { '[x]': '1' }],
] as const) {
  test(`the parameters of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(plain(parseQuery(text)), parameters);
  });
}

test('names of the prototype are names like any other', () => {
  const parsed = parseQuery('__proto__=a&constructor[prototype][x]=b');
  assert.deepEqual(Object.keys(parsed), ['__proto__', 'constructor']);
  assert.equal(({} as { x?: unknown }).x, undefined);
});

test('reads a thousand parameters and eight levels', () => {
  const many = Array.from({ length: 1500 }, (_, index) => `p${index}=1`).join('&');
  assert.equal(Object.keys(parseQuery(many)).length, 1000);
  const deep = `a${'[b]'.repeat(10_000)}=1`;
  let depth = 0;
  for (let at: unknown = parseQuery(deep); typeof at === 'object'; at = Object.values(at as object)[0])
    depth++;
  assert.equal(depth, 8);
});

test('the query of a request target', () => {
  assert.equal(queryOf('/path?a=1?b'), 'a=1?b');
  assert.equal(queryOf('/path'), '');
});
