import type { Scalar } from '../match/matcher.ts';
import { decodeUtf8 } from '../transform/utf8.ts';
import type { WafLimits } from '../types.ts';
import type { Truncation } from './limits.ts';

/**
 * An address's value as the engine sees it: read once, within limits, and flattened, so that each rule walks a list
 * and not the host's objects.
 *
 *     { a: ['x', 1], b: true }   leaves: x (a, 0), 1 (a, 1), true (b)    keys: a, b
 *
 * A node's subtree is a range in both lists, so "is this leaf below that node" is two comparisons.
 */
export interface TreeNode {
  readonly parent: TreeNode | undefined;
  /** A map's key or an array's index; empty for the root. */
  readonly key: string | number;
  readonly kind: 'map' | 'array' | 'scalar' | 'nothing';
  readonly scalar: Scalar | undefined;
  readonly children: readonly TreeNode[];
  /** Entries that the container has, of which children may be only the first. */
  readonly size: number;
  /** Scalars in this subtree: `leaves[firstLeaf]` up to but not including `leaves[endLeaf]`. */
  readonly firstLeaf: number;
  readonly endLeaf: number;
  /** Where this node's own key stands among the keys, or -1: in an array, at the root, or if it is empty. */
  readonly ownKey: number;
  /** Keys below this node. */
  readonly firstKey: number;
  readonly endKey: number;
}

export interface Tree {
  readonly root: TreeNode;
  /** Strings, numbers and booleans, depth first. */
  readonly leaves: readonly TreeNode[];
  /** Entries of maps that have a key, depth first, whatever their value. */
  readonly keys: readonly TreeNode[];
}

/** What remains of a run's budget of values; shared by all addresses of the run. */
export interface ValueBudget {
  remaining: number;
}

type Limits = Pick<WafLimits, 'stringLength' | 'containerSize' | 'depth'>;
type Writable = { -readonly [K in keyof TreeNode]: TreeNode[K] } & { children: TreeNode[] };

const NO_CHILDREN: TreeNode[] = [];

/**
 * Reads a value of the host. Never throws: getters, proxies and `toJSON` that do make their value count as nothing.
 * Reads own enumerable properties, entries of Map and Set, bytes as UTF-8 text, `toJSON` once a value, and boxed
 * scalars; a reference back to an enclosing container counts as nothing. What the limits cut is counted.
 */
export function buildTree(value: unknown, limits: Limits, budget: ValueBudget, truncation: Truncation): Tree {
  const builder = new TreeBuilder(limits, budget, truncation);
  return { root: builder.add(value, undefined, '', 0), leaves: builder.leaves, keys: builder.keys };
}

class TreeBuilder {
  readonly leaves: TreeNode[] = [];
  readonly keys: TreeNode[] = [];
  readonly #limits: Limits;
  readonly #budget: ValueBudget;
  readonly #truncation: Truncation;
  readonly #ancestors: object[] = [];

  constructor(limits: Limits, budget: ValueBudget, truncation: Truncation) {
    this.#limits = limits;
    this.#budget = budget;
    this.#truncation = truncation;
  }

  /** `depth` counts the containers around the value. */
  add(input: unknown, parent: Writable | undefined, key: string | number, depth: number): TreeNode {
    this.#budget.remaining--;
    const node: Writable = {
      parent,
      key,
      kind: 'nothing',
      scalar: undefined,
      children: NO_CHILDREN,
      size: 0,
      firstLeaf: this.leaves.length,
      endLeaf: 0,
      ownKey: -1,
      firstKey: 0,
      endKey: 0,
    };
    if (parent?.kind === 'map' && key !== '') {
      node.ownKey = this.keys.length;
      this.keys.push(node);
    }
    node.firstKey = this.keys.length;
    this.#fill(node, input, depth);
    node.endLeaf = this.leaves.length;
    node.endKey = this.keys.length;
    return node;
  }

  #fill(node: Writable, input: unknown, depth: number): void {
    try {
      const value = typeof input === 'object' && input !== null ? unwrap(input, this.#limits) : input;
      const scalar = this.#scalar(value);
      if (scalar !== undefined) {
        node.kind = 'scalar';
        node.scalar = scalar;
        this.leaves.push(node);
      } else if (typeof value === 'object' && value !== null) {
        this.#fillContainer(node, value, depth);
      }
    } catch {
      // The host's code threw; what was read until then stays.
    }
  }

  #scalar(value: unknown): Scalar | undefined {
    switch (typeof value) {
      case 'string':
        return this.#cut(value);
      case 'number':
        return Number.isNaN(value) ? undefined : value;
      case 'boolean':
        return value;
      case 'bigint':
        return Number(value);
      default:
        return undefined;
    }
  }

  #cut(text: string): string {
    if (text.length <= this.#limits.stringLength) return text;
    this.#truncation.stringLength++;
    return text.slice(0, this.#limits.stringLength);
  }

  #fillContainer(node: Writable, value: object, depth: number): void {
    if (this.#ancestors.includes(value)) return;
    node.kind = Array.isArray(value) || value instanceof Set ? 'array' : 'map';
    if (depth >= this.#limits.depth) {
      this.#truncation.depth++;
      return;
    }
    node.children = [];
    this.#ancestors.push(value);
    try {
      if (Array.isArray(value)) this.#fillIndexed(node, value.length, value, depth);
      else if (value instanceof Set) this.#fillIndexed(node, value.size, value, depth);
      else if (value instanceof Map) this.#fillEntries(node, value.size, value.entries(), depth);
      else {
        const keys = Object.keys(value);
        this.#fillEntries(node, keys.length, ownEntries(value as Record<string, unknown>, keys), depth);
      }
    } finally {
      this.#ancestors.pop();
    }
  }

  #fillIndexed(node: Writable, size: number, items: Iterable<unknown>, depth: number): void {
    node.size = size;
    let index = 0;
    const iterator = items[Symbol.iterator]();
    while (index < size && this.#hasRoom(index)) {
      node.children.push(this.add(iterator.next().value, node, index++, depth + 1));
    }
  }

  #fillEntries(node: Writable, size: number, entries: Iterator<[unknown, unknown]>, depth: number): void {
    node.size = size;
    for (let index = 0; index < size && this.#hasRoom(index); index++) {
      const [key, value] = entries.next().value as [unknown, unknown];
      node.children.push(this.add(value, node, this.#cut(String(key)), depth + 1));
    }
  }

  #hasRoom(index: number): boolean {
    if (index >= this.#limits.containerSize) {
      this.#truncation.containerSize++;
      return false;
    }
    if (this.#budget.remaining <= 0) {
      this.#truncation.totalValues++;
      return false;
    }
    return true;
  }
}

/** A property whose getter throws has no value; its key is there all the same. */
function* ownEntries(
  object: Record<string, unknown>,
  keys: readonly string[],
): Generator<[string, unknown], undefined> {
  for (const key of keys) {
    let value: unknown;
    try {
      value = object[key];
    } catch {
      value = undefined;
    }
    yield [key, value];
  }
  return undefined;
}

/** Bytes to text, boxed scalars to scalars, and what an object says that it is in JSON, asked once. */
function unwrap(value: object, limits: Limits): unknown {
  if (value instanceof Uint8Array) {
    // A UTF-16 code unit comes from at most three bytes.
    return decodeUtf8(value.subarray(0, limits.stringLength * 3 + 1));
  }
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return value.valueOf();
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? toJSON.call(value) : value;
}
