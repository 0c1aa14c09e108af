import type { TreeNode } from '../run/tree.ts';

/** What fingerprints remember, since requests are much alike. Bounded in the number and the length of what they keep. */

const CAPACITY = 256;
/** Of a map. */
const MAX_KEYS = 64;
/** UTF-16 code units of a text or a key. */
const MAX_LENGTH = 256;

/** What was made of texts: the last ones, from CAPACITY to twice as many. */
export class TextMemo<T> {
  #younger = new Map<string, T>();
  #older: ReadonlyMap<string, T> = new Map();

  get(text: string, make: (text: string) => T): T {
    const known = this.#younger.get(text);
    if (known !== undefined) return known;
    const value = this.#older.get(text) ?? make(text);
    if (text.length > MAX_LENGTH) return value;
    if (this.#younger.size >= CAPACITY) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(text, value);
    return value;
  }
}

/** What was made of the keys of maps: one list of keys for each number that the lengths of keys give. */
export class KeysMemo<T> {
  readonly #slots: ({ readonly keys: readonly (string | number)[]; readonly value: T } | undefined)[] = [];

  get(map: TreeNode, make: (map: TreeNode) => T): T {
    const { children } = map;
    let longest = 0;
    let slot = children.length;
    for (let i = 0; i < children.length; i++) {
      const { length } = children[i]!.key as string;
      if (length > longest) longest = length;
      slot = (slot * 31 + length) % CAPACITY;
    }
    const known = this.#slots[slot];
    if (known !== undefined && hasKeys(children, known.keys)) return known.value;
    const value = make(map);
    if (children.length <= MAX_KEYS && longest <= MAX_LENGTH) {
      this.#slots[slot] = { keys: children.map(({ key }) => key), value };
    }
    return value;
  }
}

function hasKeys(children: readonly TreeNode[], keys: readonly (string | number)[]): boolean {
  if (children.length !== keys.length) return false;
  for (let i = 0; i < keys.length; i++) {
    if (children[i]!.key !== keys[i]) return false;
  }
  return true;
}
