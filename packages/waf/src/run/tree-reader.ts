import type { Scalar } from '../match/matcher.ts';
import { decodeUtf8 } from '../transform/utf8.ts';
import type { WafLimits, WafResult } from '../types.ts';
import { MIN_SINK_LENGTH } from './limits.ts';
import { ARRAY, MAP, SCALAR, type Tree, TreeNode } from './tree.ts';

const NO_KEYS: readonly TreeNode[] = [];

/** Reads the values of one run, which share a budget. What the limits cut is counted. On the request path. */
export class TreeReader {
  /** How often a limit cut something, by the limit. */
  truncated: WafResult['truncated'];
  readonly #limits: Readonly<WafLimits>;
  readonly #ancestors: object[] = [];
  #stringLength = 0;
  #remaining: number;
  #leaves: TreeNode[] = [];
  #keys: TreeNode[] = [];

  constructor(limits: Readonly<WafLimits>) {
    this.#limits = limits;
    this.#remaining = limits.totalValues;
  }

  /**
   * Reads a value of the host; more of it if it is a sink's argument. Never throws: getters, proxies and `toJSON` that
   * do make their value count as nothing. Reads own enumerable properties, entries of Map and Set, bytes as UTF-8 text,
   * `toJSON` once a value, and boxed scalars; a reference back to an enclosing container counts as nothing.
   */
  read(value: unknown, isSink: boolean): Tree {
    const { stringLength } = this.#limits;
    this.#stringLength = isSink ? Math.max(stringLength, MIN_SINK_LENGTH) : stringLength;
    if (typeof value === 'string') return this.#readString(value);
    this.#leaves = [];
    this.#keys = [];
    const root = this.#add(value, undefined, '', 0);
    return { root, leaves: this.#leaves, keys: this.#keys };
  }

  /** What many addresses have, without the lists that containers need. */
  #readString(text: string): Tree {
    this.#remaining--;
    const root = new TreeNode(undefined, '', 0);
    root.kind = SCALAR;
    root.scalar = this.#cut(text);
    root.endLeaf = 1;
    return { root, leaves: [root], keys: NO_KEYS };
  }

  /** `depth` counts the containers around the value. */
  #add(input: unknown, parent: TreeNode | undefined, key: string | number, depth: number): TreeNode {
    this.#remaining--;
    const node = new TreeNode(parent, key, this.#leaves.length);
    if (parent?.kind === MAP) {
      node.ownKey = this.#keys.length;
      this.#keys.push(node);
    }
    node.firstKey = this.#keys.length;
    if (typeof input !== 'object') this.#fillScalar(node, input);
    else if (input !== null) this.#fillObject(node, input, depth);
    node.endLeaf = this.#leaves.length;
    node.endKey = this.#keys.length;
    return node;
  }

  #fillScalar(node: TreeNode, value: unknown): void {
    const scalar = typeof value === 'string' ? this.#cut(value) : scalarOf(value);
    if (scalar === undefined) return;
    node.kind = SCALAR;
    node.scalar = scalar;
    this.#leaves.push(node);
  }

  #cut(text: string): string {
    if (text.length <= this.#stringLength) return text;
    this.#countCut('stringLength');
    return text.slice(0, this.#stringLength);
  }

  #fillObject(node: TreeNode, input: object, depth: number): void {
    try {
      const value = unwrap(input, this.#stringLength);
      if (typeof value !== 'object') this.#fillScalar(node, value);
      else if (value !== null) this.#fillContainer(node, value, depth);
    } catch {
      // The host's code threw; what was read until then stays.
    }
  }

  #fillContainer(node: TreeNode, value: object, depth: number): void {
    if (this.#ancestors.includes(value)) return;
    const isArray = Array.isArray(value);
    node.kind = isArray || value instanceof Set ? ARRAY : MAP;
    if (depth >= this.#limits.depth) {
      this.#countCut('depth');
      return;
    }
    this.#ancestors.push(value);
    try {
      if (isArray) this.#fillArray(node, value, depth);
      else if (value instanceof Map) this.#fillEntries(node, value.size, value, depth);
      else if (value instanceof Set) this.#fillEntries(node, value.size, value.entries(), depth);
      else this.#fillProperties(node, value as Record<string, unknown>, depth);
    } finally {
      this.#ancestors.pop();
    }
  }

  #fillArray(node: TreeNode, items: readonly unknown[], depth: number): void {
    const children = this.#open(node, items.length);
    for (let index = 0; index < node.size && this.#hasRoom(index); index++) {
      children.push(this.#add(items[index], node, index, depth + 1));
    }
  }

  #fillEntries(
    node: TreeNode,
    size: number,
    entries: Iterable<readonly [unknown, unknown]>,
    depth: number,
  ): void {
    const children = this.#open(node, size);
    for (const [name, value] of entries) {
      if (!this.#hasRoom(children.length)) return;
      const key = node.kind === MAP ? this.#cut(String(name)) : children.length;
      children.push(this.#add(value, node, key, depth + 1));
    }
  }

  #fillProperties(node: TreeNode, object: Record<string, unknown>, depth: number): void {
    const keys = Object.keys(object);
    const children = this.#open(node, keys.length);
    for (let index = 0; index < keys.length && this.#hasRoom(index); index++) {
      const key = keys[index]!;
      children.push(this.#add(propertyOf(object, key), node, this.#cut(key), depth + 1));
    }
  }

  /** Makes a node a container of some entries; returns where its children go. */
  #open(node: TreeNode, size: number): TreeNode[] {
    const children: TreeNode[] = [];
    node.children = children;
    node.size = size;
    return children;
  }

  #countCut(limit: keyof NonNullable<WafResult['truncated']>): void {
    this.truncated ??= {};
    this.truncated[limit] = (this.truncated[limit] ?? 0) + 1;
  }

  #hasRoom(index: number): boolean {
    if (index >= this.#limits.containerSize) {
      this.#countCut('containerSize');
      return false;
    }
    if (this.#remaining <= 0) {
      this.#countCut('totalValues');
      return false;
    }
    return true;
  }
}

function scalarOf(value: unknown): Scalar | undefined {
  switch (typeof value) {
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

/** A property whose getter throws has no value; its key is there all the same. */
function propertyOf(object: Record<string, unknown>, key: string): unknown {
  try {
    return object[key];
  } catch {
    return undefined;
  }
}

/** Bytes to text, boxed scalars to scalars, and what an object says that it is in JSON, asked once. */
function unwrap(value: object, stringLength: number): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) {
    // A UTF-16 code unit comes from at most three bytes.
    if (value instanceof Uint8Array) return decodeUtf8(value.subarray(0, stringLength * 3 + 1));
    if (value instanceof String || value instanceof Number || value instanceof Boolean)
      return value.valueOf();
  }
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? toJSON.call(value) : value;
}
