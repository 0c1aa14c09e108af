import type { Scalar } from '../match/matcher.ts';

/** What a value is: null and what isn't data are nothing. */
export const NOTHING = 0;
export const SCALAR = 1;
export const ARRAY = 2;
export const MAP = 3;

const NO_CHILDREN: readonly TreeNode[] = [];

/**
 * An address's value as the engine sees it: read once, within limits, and flattened, so that each rule walks a list
 * and not the host's objects.
 *
 *     { a: ['x', 1], b: true }   leaves: x (a, 0), 1 (a, 1), true (b)    keys: a, b
 *
 * A node's subtree is a range in both lists, so "is this leaf below that node" is two comparisons.
 */
export class TreeNode {
  readonly parent: TreeNode | undefined;
  /** A map's key or an array's index; empty for the root. */
  readonly key: string | number;
  kind: typeof NOTHING | typeof SCALAR | typeof ARRAY | typeof MAP = NOTHING;
  scalar: Scalar | undefined = undefined;
  children: readonly TreeNode[] = NO_CHILDREN;
  /** Entries that the container has, of which children may be only the first. */
  size = 0;
  /** Scalars in this subtree: `leaves[firstLeaf]` up to but not including `leaves[endLeaf]`. */
  readonly firstLeaf: number;
  endLeaf = 0;
  /** Where this node's own key stands among the keys, or -1: in an array or at the root. */
  ownKey = -1;
  /** Keys below this node. */
  firstKey = 0;
  endKey = 0;

  constructor(parent: TreeNode | undefined, key: string | number, firstLeaf: number) {
    this.parent = parent;
    this.key = key;
    this.firstLeaf = firstLeaf;
  }
}

export interface Tree {
  readonly root: TreeNode;
  /** Strings, numbers and booleans, depth first. */
  readonly leaves: readonly TreeNode[];
  /** Entries of maps, depth first, whatever their value. */
  readonly keys: readonly TreeNode[];
}
