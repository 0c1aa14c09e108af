import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnitBuffer } from './unit-buffer.ts';

const bufferOf = (text: string, expected: number) => {
  const units = new UnitBuffer(expected);
  for (let i = 0; i < text.length; i++) units.push(text.charCodeAt(i));
  return units;
};

test('a text comes out as it went in, however long', () => {
  for (const text of ['', 'a', '😀\ud800'.repeat(7000)]) assert.equal(bufferOf(text, 4).toString(), text);
});

test('units are taken back through the last of a kind', () => {
  const units = bufferOf('/a/bc', 8);
  units.popThrough(0x2f);
  assert.equal(units.toString(), '/a');
  units.popThrough(0x78);
  assert.equal(units.size, 0);
});

test('ASCII is taken over up to what is not', () => {
  const units = bufferOf('é', 1);
  const text = `${'x'.repeat(50)}éy`;
  assert.equal(units.pushAscii(text, 10), 50);
  assert.equal(units.pushAscii(text, 51), 52);
  assert.equal(units.toString(), `é${'x'.repeat(40)}y`);
});
