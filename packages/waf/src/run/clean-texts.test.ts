import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CleanTexts } from './clean-texts.ts';

test('texts are remembered, long ones are not', () => {
  const texts = new CleanTexts(512);
  texts.add('a');
  texts.add('b'.repeat(1000));
  assert.ok(texts.has('a'));
  assert.ok(!texts.has('b'.repeat(1000)));
  assert.ok(!texts.has('c'));
});

test('it stays bounded and keeps what is asked for', () => {
  const texts = new CleanTexts(512);
  texts.add('often');
  for (let i = 0; i < 10_000; i++) {
    texts.add(`once ${i}`);
    if (i % 100 === 0) assert.ok(texts.has('often'));
  }
  assert.ok(texts.size <= 1024);
  assert.ok(!texts.has('once 0'));
});
