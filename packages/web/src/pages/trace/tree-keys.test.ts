import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Span } from '../../api/client.ts';
import { layOut, visibleNodes } from '../../lib/waterfall.ts';
import { treeMove } from './tree-keys.ts';

const span = (id: string, parent: string, startTime: number) =>
  ({ spanIDHex: id, parentIDHex: parent, service: 'a', name: id, startTime, duration: 1 }) as Span;
const { nodes } = layOut([
  span('root', '', 0),
  span('b', 'root', 1),
  span('c', 'b', 2),
  span('d', 'root', 3),
]);

/** The move from a row, as `kind name`. */
function move(key: string, from: string, folded: number[] = []): string {
  const rows = visibleNodes(nodes, new Set(folded));
  const position = rows.findIndex((node) => node.span.name === from);
  const result = treeMove(key, rows, position, new Set(folded), 2);
  return result === undefined ? 'nothing' : `${result.kind} ${result.node.span.name}`;
}

describe('treeMove', () => {
  const cases: readonly (readonly [key: string, from: string, folded: number[], expected: string])[] = [
    ['ArrowDown', 'root', [], 'go b'],
    ['j', 'b', [], 'go c'],
    ['j', 'b', [1], 'go d'],
    ['ArrowDown', 'd', [], 'nothing'],
    ['ArrowUp', 'b', [], 'go root'],
    ['k', 'root', [], 'nothing'],
    ['Home', 'd', [], 'go root'],
    ['End', 'root', [], 'go d'],
    ['PageDown', 'root', [], 'go c'],
    ['PageUp', 'b', [], 'go root'],
    ['ArrowRight', 'b', [], 'go c'],
    ['ArrowRight', 'b', [1], 'unfold b'],
    ['ArrowRight', 'd', [], 'nothing'],
    ['ArrowLeft', 'b', [], 'fold b'],
    ['ArrowLeft', 'b', [1], 'go root'],
    ['ArrowLeft', 'c', [], 'go b'],
    ['x', 'b', [], 'nothing'],
    ['j', 'gone', [], 'nothing'],
  ];
  for (const [key, from, folded, expected] of cases)
    it(`${key} on ${from}${folded.length > 0 ? ', folded' : ''}: ${expected}`, () =>
      assert.equal(move(key, from, folded), expected));
});
