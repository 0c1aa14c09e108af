import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCookies } from './cookies.ts';

for (const [header, cookies] of [
  ['', {}],
  ['a=1; b=2', { a: '1', b: '2' }],
  ['a=1;b=2;', { a: '1', b: '2' }],
  ['a="quoted; b=2', { a: '"quoted', b: '2' }],
  ['a="quoted"', { a: 'quoted' }],
  ['a=%3Cscript%3E', { a: '<script>' }],
  ['a=%', { a: '%' }],
  ['a=1; a=2', { a: ['1', '2'] }],
  ['novalue; =x; a=b=c', { a: 'b=c' }],
] as const) {
  test(`the cookies of ${JSON.stringify(header)}`, () => {
    assert.deepEqual({ ...parseCookies(header) }, cookies);
  });
}
