import type { KeyPath } from '../types.ts';
import { ARRAY, MAP, type TreeNode } from './tree.ts';

/** Stands for any key or index in the key path of an excluded input. */
const WILDCARD = '*';

/**
 * The child of a node that an item of a key path names. An integer is an index of an array, from its end if negative,
 * and in a map the key of the same digits; a string is only ever a key of a map.
 */
export function childAt(node: TreeNode, item: string | number): TreeNode | undefined {
  if (node.kind === MAP) {
    const key = String(item);
    const { children } = node;
    for (let i = 0; i < children.length; i++) {
      if (children[i]!.key === key) return children[i];
    }
    return undefined;
  }
  if (node.kind !== ARRAY || typeof item === 'string') return undefined;
  return node.children[item < 0 ? node.size + item : item];
}

/** The node at a key path below `root`, or undefined. */
export function nodeAt(root: TreeNode, keyPath: KeyPath): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (const item of keyPath) {
    if (!node) return undefined;
    node = childAt(node, item);
  }
  return node;
}

/** The nodes at a key path whose items may be wildcards. */
export function nodesAt(root: TreeNode, keyPath: KeyPath): TreeNode[] {
  let nodes: TreeNode[] = [root];
  for (const item of keyPath) {
    nodes = nodes.flatMap((node) => {
      if (item === WILDCARD) return node.children;
      const child = childAt(node, item);
      return child ? [child] : [];
    });
  }
  return nodes;
}

/** The key path from the root to a node. */
export function keyPathOf(node: TreeNode): KeyPath {
  const keyPath: KeyPath = [];
  for (let current = node; current.parent; current = current.parent) keyPath.push(current.key);
  return keyPath.reverse();
}
