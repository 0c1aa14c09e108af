import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyPathOf, nodeAt, nodesAt } from './key-path.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Tree } from './tree.ts';
import { TreeReader } from './tree-reader.ts';

function build(value: unknown, limits: Partial<typeof DEFAULT_LIMITS> = {}) {
  const reader = new TreeReader({ ...DEFAULT_LIMITS, ...limits });
  return { tree: reader.read(value, false), truncated: reader.truncated };
}

const leavesOf = ({ leaves }: Tree) => leaves.map((leaf) => [...keyPathOf(leaf), leaf.scalar]);
const keysOf = ({ keys }: Tree) => keys.map((node) => keyPathOf(node).join('.'));

test('leaves and keys, depth first', () => {
  const { tree } = build({ a: ['x', 1, null], b: { c: true, '': 'e' }, d: undefined });
  assert.deepEqual(leavesOf(tree), [
    ['a', 0, 'x'],
    ['a', 1, 1],
    ['b', 'c', true],
    ['b', '', 'e'],
  ]);
  assert.deepEqual(keysOf(tree), ['a', 'b', 'b.c', 'b.', 'd']);
});

test('what hosts hand over', () => {
  const circular: Record<string, unknown> = { x: 'y' };
  circular.self = circular;
  class Point {
    x = 'own';
    get y() {
      return 'inherited';
    }
  }
  const values: [value: unknown, leaves: unknown[]][] = [
    ['x', [['x']]],
    [10n ** 3n, [[1000]]],
    [Number.NaN, []],
    [Symbol('x'), []],
    [() => 'x', []],
    [new Date(0), [['1970-01-01T00:00:00.000Z']]],
    [new Date(Number.NaN), []],
    [new URL('http://a.example/'), [['http://a.example/']]],
    [Buffer.from('é✓'), [['é✓']]],
    [new Uint8Array([0x61, 0xff]), [['aÿ']]],
    [new String('x'), [['x']]],
    [
      new Map<unknown, unknown>([
        ['a', 'x'],
        [1, ['y']],
      ]),
      [
        ['a', 'x'],
        ['1', 0, 'y'],
      ],
    ],
    [new Set(['x']), [[0, 'x']]],
    [{ toJSON: () => ({ toJSON: () => 'twice', k: 'once' }) }, [['k', 'once']]],
    [new Point(), [['x', 'own']]],
    [circular, [['x', 'y']]],
    [Object.create(null, { x: { value: 'y', enumerable: true } }), [['x', 'y']]],
    [JSON.parse('{"__proto__":{"constructor":"x"}}'), [['__proto__', 'constructor', 'x']]],
    [Object.assign(Array(2), { 1: 'x' }), [[1, 'x']]],
  ];
  for (const [value, leaves] of values) assert.deepEqual(leavesOf(build(value).tree), leaves);
});

test('host code that throws hides only its own value', () => {
  const fail = () => {
    throw new Error('no');
  };
  const getter = Object.defineProperty({ a: 'x' }, 'b', { get: fail, enumerable: true });
  assert.deepEqual(leavesOf(build({ getter, c: 'y' }).tree), [
    ['getter', 'a', 'x'],
    ['c', 'y'],
  ]);
  assert.deepEqual(leavesOf(build({ t: { toJSON: fail }, c: 'y' }).tree), [['c', 'y']]);
  const proxy = new Proxy({}, { ownKeys: fail, get: fail, getPrototypeOf: fail });
  assert.deepEqual(leavesOf(build([proxy, 'y']).tree), [[1, 'y']]);
});

test('limits cut and count', () => {
  assert.deepEqual(build('abcdef', { stringLength: 4 }).tree.leaves[0]?.scalar, 'abcd');
  assert.equal(build({ abcdef: 'abcdef' }, { stringLength: 4 }).truncated?.stringLength, 2);
  const wide = build({ a: [1, 2, 3], b: 1, c: 2, d: 3 }, { containerSize: 2 });
  assert.deepEqual(leavesOf(wide.tree), [
    ['a', 0, 1],
    ['a', 1, 2],
    ['b', 1],
  ]);
  assert.equal(wide.truncated?.containerSize, 2);
  const deep = build([[[['x']]], 'y'], { depth: 2 });
  assert.deepEqual(leavesOf(deep.tree), [[1, 'y']]);
  assert.equal(deep.truncated?.depth, 1);
  const many = build(
    Array.from({ length: 100 }, () => [[], {}]),
    { totalValues: 10 },
  );
  assert.ok((many.truncated?.totalValues ?? 0) > 0);
  assert.ok(many.tree.root.children.length < 10);
});

test('key paths', () => {
  const { tree } = build({ a: ['x', { b: 'y' }], 1: 'z' });
  const at = (...path: (string | number)[]) => nodeAt(tree.root, path)?.scalar;
  assert.equal(at('a', 0), 'x');
  assert.equal(at('a', -1, 'b'), 'y');
  assert.equal(at('a', -3), undefined);
  assert.equal(at('a', '0'), undefined);
  assert.equal(at(1), 'z');
  assert.equal(at('a', 0, 'b'), undefined);
  assert.deepEqual(
    nodesAt(tree.root, ['*', '*']).map((node) => node.key),
    [0, 1],
  );
  const cut = build({ a: [1, 2, 3] }, { containerSize: 2 }).tree;
  assert.equal(nodeAt(cut.root, ['a', -1]), undefined);
  assert.equal(nodeAt(cut.root, ['a', -2])?.scalar, 2);
});

test('a subtree is a range of leaves and keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { tree } = build(value);
      const below = (node: Tree['root']): Tree['root'][] => [node, ...node.children.flatMap(below)];
      for (const node of below(tree.root)) {
        const inside = new Set(below(node));
        const leaves = tree.leaves.filter((leaf) => inside.has(leaf));
        const keys = tree.keys.filter((key) => key !== node && inside.has(key));
        assert.deepEqual(tree.leaves.slice(node.firstLeaf, node.endLeaf), leaves);
        assert.deepEqual(tree.keys.slice(node.firstKey, node.endKey), keys);
      }
    }),
  );
});
