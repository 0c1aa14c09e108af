/**
 * The states that a lazy DFA has met, each once, with their row of transitions. Bounded in states and in bytes: when a
 * state no longer fits, `intern` says so and its owner decides whether to clear.
 */

/** A transition that has not been worked out yet. */
export const UNKNOWN = -1;

const INITIAL_ROWS = 8;
/** What a state takes beside its row and its instructions: headers, its places in the lists and the index. */
const STATE_OVERHEAD = 128;

export interface State {
  /** What waits, sorted; without the patterns' first instructions. */
  readonly instructions: Int32Array;
  /** What an assertion sees before it, in the bits that matter to this state. */
  readonly before: number;
  /** Patterns that have matched on arriving here, ascending. */
  readonly matches: Int32Array;
  /** Nothing can match from here on. */
  readonly dead: boolean;
  /** Number of the last search that recorded the matches. */
  recordedBy: number;
}

export class StateCache {
  /** Row after row, `stride` transitions each. Replaced as it grows. */
  table: Int32Array;
  /** Bytes taken, as estimated from the layout. */
  bytes = 0;
  readonly #stride: number;
  readonly #maxStates: number;
  readonly #maxBytes: number;
  readonly #states: State[] = [];
  readonly #rowByHash = new Map<number, number>();
  /** For each state, the row of the one before it with the same hash. */
  readonly #chain: number[] = [];

  constructor(stride: number, maxStates: number, maxBytes: number) {
    this.#stride = stride;
    this.#maxStates = maxStates;
    this.#maxBytes = maxBytes;
    this.table = new Int32Array(stride * INITIAL_ROWS).fill(UNKNOWN);
  }

  get size(): number {
    return this.#states.length;
  }

  state(row: number): State {
    return this.#states[row / this.#stride]!;
  }

  /** The row of a state, or undefined if it has none. */
  find(instructions: Int32Array, before: number): number | undefined {
    let row = this.#rowByHash.get(hash(instructions, before));
    while (row !== undefined) {
      const state = this.state(row);
      if (state.before === before && equal(state.instructions, instructions)) return row;
      row = this.#chain[row / this.#stride];
      if (row === UNKNOWN) return undefined;
    }
    return undefined;
  }

  /** Whether another state fits. The first always does. */
  hasRoomFor(instructions: Int32Array): boolean {
    if (this.size === 0) return true;
    return this.size < this.#maxStates && this.bytes + this.#cost(instructions) <= this.#maxBytes;
  }

  /** Adds a state that `find` does not find; returns its row. */
  add(state: State): number {
    const row = this.size * this.#stride;
    if (row === this.table.length) this.#grow();
    const key = hash(state.instructions, state.before);
    this.#chain.push(this.#rowByHash.get(key) ?? UNKNOWN);
    this.#rowByHash.set(key, row);
    this.#states.push(state);
    this.bytes += this.#cost(state.instructions);
    return row;
  }

  clear(): void {
    this.table.fill(UNKNOWN);
    this.#states.length = 0;
    this.#chain.length = 0;
    this.#rowByHash.clear();
    this.bytes = 0;
  }

  #cost(instructions: Int32Array): number {
    return 4 * (this.#stride + instructions.length) + STATE_OVERHEAD;
  }

  #grow(): void {
    const rows = Math.min(2 * this.size, Math.max(this.#maxStates, this.size + 1));
    const grown = new Int32Array(rows * this.#stride).fill(UNKNOWN, this.table.length);
    grown.set(this.table);
    this.table = grown;
  }
}

/** FNV-1a over 32-bit words. */
function hash(instructions: Int32Array, before: number): number {
  let value = 0x811c9dc5 ^ before;
  for (let i = 0; i < instructions.length; i++) value = Math.imul(value ^ instructions[i]!, 0x01000193);
  return value;
}

function equal(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}
