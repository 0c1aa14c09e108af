import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_LIMITS } from '../run/limits.ts';
import { TreeReader } from '../run/tree-reader.ts';
import { KeysMemo, TextMemo } from './memo.ts';

function mapOf(...keys: string[]) {
  const object = Object.fromEntries(keys.map((key) => [key, 1]));
  return new TreeReader(DEFAULT_LIMITS).read(object, false).root;
}

test('a text is made something of once, while it is remembered', () => {
  const memo = new TextMemo<number>();
  let made = 0;
  const make = () => ++made;
  assert.equal(memo.get('a', make), 1);
  assert.equal(memo.get('a', make), 1);
  for (let i = 0; i < 200; i++) memo.get(`few ${i}`, make);
  assert.equal(memo.get('a', make), 1);
  for (let i = 0; i < 2000; i++) memo.get(`many ${i}`, make);
  assert.equal(memo.get('a', make), 2202);
});

test('long texts and long lists of keys are not kept', () => {
  let made = 0;
  const make = () => ++made;
  const texts = new TextMemo<number>();
  assert.notEqual(texts.get('x'.repeat(1000), make), texts.get('x'.repeat(1000), make));
  const keys = new KeysMemo<number>();
  const many = Array.from({ length: 100 }, (_, index) => `k${index}`);
  assert.notEqual(keys.get(mapOf(...many), make), keys.get(mapOf(...many), make));
  assert.notEqual(keys.get(mapOf('x'.repeat(1000)), make), keys.get(mapOf('x'.repeat(1000)), make));
});

test('keys that are alike are not taken for each other', () => {
  const memo = new KeysMemo<string>();
  const lists = [
    [],
    ['a'],
    ['b'],
    ['a', 'b'],
    ['b', 'a'],
    ['ab'],
    ['a\nb'],
    ['', 'a'],
    ['a', ''],
    ['1', 'a'],
  ];
  for (let round = 0; round < 2; round++) {
    for (const list of lists) {
      const expected = JSON.stringify(list);
      assert.equal(
        memo.get(mapOf(...list), () => expected),
        expected,
      );
    }
  }
});
