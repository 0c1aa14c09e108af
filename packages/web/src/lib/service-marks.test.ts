import assert from 'node:assert/strict';
import { it } from 'node:test';
import { markServices, SHADES } from './service-marks.ts';

const letters = (...services: string[]) =>
  [...markServices(services).values()].map((marking) => marking.letters);

it('markServices takes the first letters of words, or of the one word', () =>
  assert.deepEqual(letters('gateway', 'order-service', 'orders', 'x', ''), ['GA', 'OS', 'OR', 'X2', '?2']));

it('markServices tells alike names apart', () =>
  assert.deepEqual(letters('orders', 'orchestrator', 'or'), ['OR', 'OC', 'O2']));

it('markServices gives neighbours different shades', () => {
  const shades = [...markServices(['a', 'b', 'c', 'd', 'e', 'f']).values()].map(({ shade }) => shade);
  assert.deepEqual(shades, [0, 1, 2, 3, 4, 0]);
  assert.equal(SHADES, 5);
});
