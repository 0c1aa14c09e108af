/** Longer strings are not worth a place. */
const MAX_LENGTH = 64;

interface Entry {
  bytes: Uint8Array;
  text: string;
}

/**
 * Decodes UTF-8 strings of which the same few come over and over, such as attribute keys: comparing the bytes with
 * those of the last string in the same slot is cheaper than making another string, and the engine then finds the
 * property by identity. A slot has one entry, the newest that came twice in a row: so strings that come once, such as
 * ids, push nothing out and cost no entry. Memory is bounded, whatever comes.
 */
export class StringCache {
  readonly #slots: (Entry | undefined)[];
  /** The hash of what each slot missed last. */
  readonly #missed: Int32Array;

  /** `slots` is a power of two. */
  constructor(slots: number) {
    this.#slots = new Array<Entry | undefined>(slots).fill(undefined);
    this.#missed = new Int32Array(slots);
  }

  get(buffer: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length > MAX_LENGTH) return buffer.toString('utf8', start, end);
    let hash = length;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + buffer[i]!) | 0;
    const slot = (hash ^ (hash >>> 16)) & (this.#slots.length - 1);
    const entry = this.#slots[slot];
    if (entry !== undefined && equals(entry.bytes, buffer, start, length)) return entry.text;
    const text = buffer.toString('utf8', start, end);
    if (this.#missed[slot] === hash) {
      this.#slots[slot] = { bytes: new Uint8Array(buffer.subarray(start, end)), text };
    }
    this.#missed[slot] = hash;
    return text;
  }
}

function equals(bytes: Uint8Array, buffer: Buffer, start: number, length: number): boolean {
  if (bytes.length !== length) return false;
  for (let i = 0; i < length; i++) if (bytes[i] !== buffer[start + i]) return false;
  return true;
}
