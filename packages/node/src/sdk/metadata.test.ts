import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flattenMetadata } from './metadata.ts';

test('nested metadata is flat', () => {
  const metadata = { a: 1, b: { c: 'x', d: { e: true } }, list: ['p', 'q'], none: null, fn: () => {} };
  assert.deepEqual(
    { ...flattenMetadata(metadata) },
    {
      a: 1,
      'b.c': 'x',
      'b.d.e': true,
      'list.0': 'p',
      'list.1': 'q',
    },
  );
});

test('metadata is bounded in depth and number', () => {
  const deep = { a: { b: { c: { d: 1, e: { f: 2 } } } } };
  assert.deepEqual({ ...flattenMetadata(deep) }, { 'a.b.c.d': 1 });
  const cycle: Record<string, unknown> = { x: 1 };
  cycle.self = cycle;
  assert.equal(Object.keys(flattenMetadata(cycle)).length, 4);
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, index]));
  assert.equal(Object.keys(flattenMetadata(many)).length, 64);
});

test('no metadata, and what is none', () => {
  assert.deepEqual({ ...flattenMetadata(undefined) }, {});
  assert.deepEqual({ ...flattenMetadata('text' as unknown as undefined) }, {});
});
