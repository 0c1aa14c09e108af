import type { Source } from '../ruleset/specification.ts';
import type { KeyPath } from '../types.ts';
import { nodeAt } from './key-path.ts';
import type { TransformerChain } from './transformer-chain.ts';
import type { Tree, TreeNode } from './tree.ts';

/** Characters of a transformed text that are looked at: normalization can make eighteen of one. */
const MAX_TRANSFORMED = 16 * 1024;

/** The value of an address in a context, with all that has been found out about it. */
export class AddressValue {
  readonly address: string;
  readonly tree: Tree;
  /** Whether it is gone after this run. */
  readonly ephemeral: boolean;
  /** By probe, the leaves or keys (by their index) that it hit. */
  readonly hits = new Map<number, number[]>();
  /** Whether scanning ran out of time, so that the absence of a hit means nothing. */
  incomplete = false;
  readonly #texts: Record<Source, (string | undefined)[][]> = { values: [], keys: [] };
  readonly #resolved = new Map<KeyPath, TreeNode | undefined>();

  constructor(address: string, tree: Tree, ephemeral: boolean) {
    this.address = address;
    this.tree = tree;
    this.ephemeral = ephemeral;
  }

  /** The nodes that a source looks at. */
  nodes(source: Source): readonly TreeNode[] {
    return source === 'values' ? this.tree.leaves : this.tree.keys;
  }

  /** A leaf or key as text after a chain of transformers, or undefined if it isn't a string. */
  text(source: Source, index: number, chain: TransformerChain): string | undefined {
    const node = this.nodes(source)[index]!;
    const raw = source === 'values' ? node.scalar : node.key;
    if (typeof raw !== 'string') return undefined;
    if (chain.parent === undefined) return raw;
    let texts = this.#texts[source][chain.id];
    if (texts === undefined) {
      texts = [];
      this.#texts[source][chain.id] = texts;
    }
    let text = texts[index];
    if (text === undefined) {
      text = chain.last!.apply(this.text(source, index, chain.parent)!).slice(0, MAX_TRANSFORMED);
      texts[index] = text;
    }
    return text;
  }

  /** The node at a key path. Remembered by the identity of the key path, which a program has one of per target. */
  resolve(keyPath: KeyPath): TreeNode | undefined {
    if (keyPath.length === 0) return this.tree.root;
    if (!this.#resolved.has(keyPath)) this.#resolved.set(keyPath, nodeAt(this.tree.root, keyPath));
    return this.#resolved.get(keyPath);
  }
}

/** The indices among a source's nodes that lie at or below a node. */
export function rangeOf(node: TreeNode, source: Source): { first: number; end: number } {
  return source === 'values'
    ? { first: node.firstLeaf, end: node.endLeaf }
    : { first: node.firstKey, end: node.endKey };
}

/** Whether a leaf or key belongs to an excluded node; the key of an excluded node is excluded with it. */
export function isExcluded(index: number, source: Source, excluded: readonly TreeNode[]): boolean {
  return excluded.some((node) => {
    const { first, end } = rangeOf(node, source);
    return (index >= first && index < end) || (source === 'keys' && index === node.ownKey);
  });
}
