import assert from 'node:assert/strict';
import test from 'node:test';
import { BoundedAttributes, MAX_ATTRIBUTES, MAX_STRING } from './attributes.ts';

function stored(value: unknown): unknown {
  const attributes = new BoundedAttributes();
  attributes.set('key', value);
  return attributes.values.key;
}

const throwing = {
  get boom(): string {
    throw new Error('boom');
  },
};

const CASES: [string, unknown, unknown][] = [
  ['a string', 'text', 'text'],
  ['a long string is cut', 'x'.repeat(MAX_STRING + 1), 'x'.repeat(MAX_STRING)],
  ['a number', 1.5, 1.5],
  ['a boolean', false, false],
  ['an array', ['a', null, 1], ['a', null, 1]],
  ['an object', { a: { b: 1 }, f: () => {} }, { a: { b: 1 } }],
  ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ['null', null, undefined],
  ['undefined', undefined, undefined],
  ['a function', () => {}, undefined],
  ['a symbol', Symbol('x'), undefined],
  ['a bigint', 1n, undefined],
  ['what throws when it is read', throwing, undefined],
];

for (const [name, value, expected] of CASES) {
  test(`attribute value: ${name}`, () => assert.deepEqual(stored(value), expected));
}

test('a cycle ends', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  assert.deepEqual(stored(cycle), { self: { self: { self: {} } } });
});

test('keys that are no attribute names are ignored', () => {
  const attributes = new BoundedAttributes();
  for (const key of ['', '__proto__', 1 as unknown as string]) attributes.set(key, { polluted: true });
  assert.deepEqual(attributes.values, {});
  assert.equal((attributes.values as Record<string, unknown>).polluted, undefined);
});

test('the number is bounded, but not for security attributes and not for changes', () => {
  const attributes = new BoundedAttributes();
  for (let i = 0; i < MAX_ATTRIBUTES + 10; i++) attributes.set(`key-${i}`, i);
  assert.equal(Object.keys(attributes.values).length, MAX_ATTRIBUTES);
  attributes.set('key-0', 'changed');
  attributes.set('wardline.appsec.triggers', 'x'.repeat(MAX_STRING + 1));
  assert.equal(attributes.values['key-0'], 'changed');
  assert.equal((attributes.values['wardline.appsec.triggers'] as string).length, MAX_STRING + 1);
});
