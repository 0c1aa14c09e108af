import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Span } from '../api/client.ts';
import { layOut, rowsInView, ticks, visibleNodes } from './waterfall.ts';

const span = (id: string, parent: string, start: number, duration: number, service = 'a'): Span => ({
  spanIDHex: id,
  parentIDHex: parent,
  service,
  name: id,
  resource: id,
  type: 'custom',
  kind: 'internal',
  startTime: 1_000 + start,
  duration,
  error: 0,
  status: 'unset',
  statusMessage: '',
  scope: '',
  env: '',
  version: '',
  host: '',
  meta: {},
  events: [],
  resourceAttributes: {},
});

const outline = (spans: Span[]) =>
  layOut(spans).nodes.map(({ span: { name }, depth }) => `${'-'.repeat(depth)}${name}`);

describe('layOut', () => {
  it('puts children below their parents, by their start', () => {
    const spans = [
      span('c', 'root', 50, 10),
      span('b', 'root', 10, 20),
      span('root', '', 0, 100),
      span('d', 'b', 12, 5),
    ];
    assert.deepEqual(outline(spans), ['root', '-b', '--d', '-c']);
  });

  it('keeps spans whose parent is missing', () =>
    assert.deepEqual(outline([span('a', 'gone', 0, 1), span('b', 'a', 0, 1)]), ['a', '-b']));

  it('cuts rings, and spans that are their own parent', () => {
    assert.deepEqual(outline([span('a', 'b', 0, 1), span('b', 'a', 1, 1)]), ['a', '-b']);
    assert.deepEqual(outline([span('a', 'a', 0, 1)]), ['a']);
  });

  it('measures from the first start to the last end', () => {
    const { duration, nodes } = layOut([span('a', '', 20, 10), span('b', 'a', 0, 100)]);
    assert.equal(duration, 100);
    assert.deepEqual(
      nodes.map(({ start, end }) => [start, end]),
      [
        [20, 30],
        [0, 100],
      ],
    );
  });

  it('counts the time in which no child ran as own', () => {
    const { nodes } = layOut([
      span('root', '', 0, 100),
      span('b', 'root', 10, 30),
      span('overlaps', 'root', 20, 30),
      span('outlives', 'root', 90, 50),
    ]);
    assert.equal(nodes[0]!.selfTime, 100 - 40 - 10);
  });

  it('shares the own time out to services', () => {
    const { services } = layOut([span('a', '', 0, 100, 'web'), span('b', 'a', 0, 25, 'orders')]);
    assert.deepEqual(services, [
      { service: 'web', spans: 1, selfTime: 75, share: 0.75 },
      { service: 'orders', spans: 1, selfTime: 25, share: 0.25 },
    ]);
  });

  it('takes an empty trace, and spans without length', () => {
    assert.deepEqual(layOut([]), { nodes: [], duration: 1, services: [] });
    assert.equal(layOut([span('a', '', 0, 0)]).services[0]!.share, 0);
  });

  it('takes a deep trace without recursion', () => {
    const deep = Array.from({ length: 20_000 }, (_, index) =>
      span(`s${index}`, index === 0 ? '' : `s${index - 1}`, index, 1),
    );
    assert.equal(layOut(deep).nodes.at(-1)!.depth, 19_999);
  });
});

it('visibleNodes leaves out what is below a folded span', () => {
  const { nodes } = layOut([
    span('root', '', 0, 9),
    span('b', 'root', 1, 1),
    span('c', 'b', 1, 1),
    span('d', 'root', 2, 1),
  ]);
  const names = (folded: number[]) => visibleNodes(nodes, new Set(folded)).map((node) => node.span.name);
  assert.deepEqual(names([]), ['root', 'b', 'c', 'd']);
  assert.deepEqual(names([1]), ['root', 'b', 'd']);
  assert.deepEqual(names([0]), ['root']);
  assert.deepEqual(names([3]), ['root', 'b', 'c', 'd']);
});

it('rowsInView keeps to the rows that there are', () => {
  assert.deepEqual(rowsInView({ top: 0, height: 100, rowHeight: 10, rows: 1000 }, 2), { from: 0, to: 12 });
  assert.deepEqual(rowsInView({ top: 505, height: 100, rowHeight: 10, rows: 1000 }, 2), { from: 48, to: 63 });
  assert.deepEqual(rowsInView({ top: 9_990, height: 100, rowHeight: 10, rows: 1000 }, 2), {
    from: 997,
    to: 1000,
  });
  assert.deepEqual(rowsInView({ top: 500, height: 100, rowHeight: 10, rows: 3 }, 2), { from: 3, to: 3 });
});

it('ticks are round and end within the duration', () => {
  assert.deepEqual(ticks(100, 5), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(ticks(13_468_017, 4), [0, 5e6, 10e6]);
  assert.deepEqual(ticks(1, 4), [0, 0.5, 1]);
});
