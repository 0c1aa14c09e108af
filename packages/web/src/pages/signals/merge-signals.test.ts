import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Signal } from '../../api/client.ts';
import { mergeSignals, withArrived } from './merge-signals.ts';

const signal = (id: string, events = 1) => ({ id, events }) as Signal;

it('mergeSignals updates rows in their place and counts those that arrived', () => {
  const { signals, arrived } = mergeSignals(
    [[signal('b'), signal('c')], [signal('d')]],
    [signal('a'), signal('c', 5), signal('b', 3)],
  );
  assert.deepEqual(signals, [signal('b', 3), signal('c', 5), signal('d')]);
  assert.equal(arrived, 1);
});

it('mergeSignals shows a signal once that moved between two pages', () =>
  assert.deepEqual(mergeSignals([[signal('a')], [signal('a')]], []).signals, [signal('a')]));

it('withArrived puts what came since in front', () =>
  assert.deepEqual(
    withArrived([{ items: [signal('b')], next: 'x' }], { items: [signal('a'), signal('b', 2)], next: 'y' }),
    [
      { items: [signal('a')], next: undefined },
      { items: [signal('b')], next: 'x' },
    ],
  ));

it('withArrived begins anew where signals may lie between', () =>
  assert.deepEqual(withArrived([{ items: [signal('c')], next: 'x' }], { items: [signal('a')], next: 'y' }), [
    { items: [signal('a')], next: 'y' },
  ]));
