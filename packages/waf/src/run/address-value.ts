import { KEYS, type Source, VALUES } from '../ruleset/specification.ts';
import type { KeyPath } from '../types.ts';
import { nodeAt } from './key-path.ts';
import type { ProgramAddress } from './program.ts';
import type { TransformerChain } from './transformer-chain.ts';
import type { Tree, TreeNode } from './tree.ts';

/** Characters of a transformed text that are looked at: normalization can make eighteen of one. */
const MAX_TRANSFORMED = 1024 * 1024;

const NO_HITS: readonly number[] = [];

/** The value of an address in a context, with all that has been found out about it. */
export class AddressValue {
  readonly address: string;
  /** What the program has to do with the address. */
  readonly plan: ProgramAddress;
  readonly tree: Tree;
  /** Whether it is gone after this run. */
  readonly ephemeral: boolean;
  /** Whether scanning ran out of time, so that the absence of a hit means nothing. */
  incomplete = false;
  /** What most values have none of is made when it is needed; texts by source, chain and index. */
  #hits: Map<number, number[]> | undefined;
  #texts: (string | undefined)[][][] | undefined;
  #resolved: Map<KeyPath, TreeNode | undefined> | undefined;

  constructor(address: string, plan: ProgramAddress, tree: Tree, ephemeral: boolean) {
    this.address = address;
    this.plan = plan;
    this.tree = tree;
    this.ephemeral = ephemeral;
  }

  /** The nodes that a source looks at. */
  nodes(source: Source): readonly TreeNode[] {
    return source === VALUES ? this.tree.leaves : this.tree.keys;
  }

  /** The leaves or keys, by their index, that a probe hit. */
  hitsOf(probe: number): readonly number[] {
    return this.#hits?.get(probe) ?? NO_HITS;
  }

  /** Records a hit; indices come in ascending order. Returns whether it is the probe's first. */
  hit(probe: number, index: number): boolean {
    this.#hits ??= new Map();
    const known = this.#hits.get(probe);
    if (!known) {
      this.#hits.set(probe, [index]);
      return true;
    }
    if (known[known.length - 1] !== index) known.push(index);
    return false;
  }

  /** A leaf or key as text after a chain of transformers, or undefined if it isn't a string. */
  text(source: Source, index: number, chain: TransformerChain): string | undefined {
    const node = this.nodes(source)[index]!;
    const raw = rawOf(node, source);
    if (typeof raw !== 'string') return undefined;
    if (!chain.parent) return raw;
    this.#texts ??= [[], []];
    let texts = this.#texts[source]![chain.id];
    if (!texts) {
      texts = [];
      this.#texts[source]![chain.id] = texts;
    }
    let text = texts[index];
    if (text === undefined) {
      text = chain.last!.apply(this.text(source, index, chain.parent)!);
      if (text.length > MAX_TRANSFORMED) text = text.slice(0, MAX_TRANSFORMED);
      texts[index] = text;
    }
    return text;
  }

  /** The node at a key path. Remembered by the identity of the key path, which a program has one of per target. */
  resolve(keyPath: KeyPath): TreeNode | undefined {
    if (keyPath.length === 0) return this.tree.root;
    this.#resolved ??= new Map();
    if (!this.#resolved.has(keyPath)) this.#resolved.set(keyPath, nodeAt(this.tree.root, keyPath));
    return this.#resolved.get(keyPath);
  }
}

/** What a source sees of a node. */
export function rawOf(node: TreeNode, source: Source): TreeNode['key'] | TreeNode['scalar'] {
  return source === VALUES ? node.scalar : node.key;
}

/** The indices among a source's nodes that lie at or below a node. */
export function rangeOf(node: TreeNode, source: Source): { first: number; end: number } {
  return source === VALUES
    ? { first: node.firstLeaf, end: node.endLeaf }
    : { first: node.firstKey, end: node.endKey };
}

/** Whether a leaf or key belongs to an excluded node; the key of an excluded node is excluded with it. */
export function isExcluded(index: number, source: Source, excluded: readonly TreeNode[]): boolean {
  return excluded.some((node) => {
    const { first, end } = rangeOf(node, source);
    return (index >= first && index < end) || (source === KEYS && index === node.ownKey);
  });
}
