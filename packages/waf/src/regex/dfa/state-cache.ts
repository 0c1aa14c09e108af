/**
 * The states that a lazy DFA has met, each once, by number, with their row of transitions. Bounded in states and in
 * bytes: whether another fits its owner asks before adding it, and decides when to clear.
 */

/** A cell whose transition has not been worked out yet. All cells from SPECIAL on are not just the number of a state. */
export const UNKNOWN = 0xffff;
/** Added to the number of a state that asks for a second look. */
export const SPECIAL = 0x8000;

const MAX_STATES = SPECIAL - 1;
const INITIAL_ROWS = 8;
const CELL_BYTES = 2;
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
}

export class StateCache {
  /**
   * Row after row of `1 << rowBits` cells, of which the first ones are the transitions by symbol: cells of 16 bits and
   * rows that a shift finds, since how much of it fits into the processor's own caches is what decides the speed.
   * Replaced as it grows.
   */
  table: Uint16Array;
  readonly rowBits: number;
  /** By state, a number that its owner may keep there; 0 at first. Replaced with the table. */
  notes: Int32Array;
  /** Bytes taken, as estimated from the layout. */
  bytes = 0;
  readonly #maxStates: number;
  readonly #maxBytes: number;
  readonly #states: State[] = [];
  readonly #newestByHash = new Map<number, number>();
  /** For each state, the one before it with the same hash, or UNKNOWN. */
  readonly #chain: number[] = [];

  constructor(symbols: number, maxStates: number, maxBytes: number) {
    this.rowBits = Math.ceil(Math.log2(symbols));
    this.#maxStates = Math.min(maxStates, MAX_STATES);
    this.#maxBytes = maxBytes;
    this.table = new Uint16Array(INITIAL_ROWS << this.rowBits).fill(UNKNOWN);
    this.notes = new Int32Array(INITIAL_ROWS);
  }

  get size(): number {
    return this.#states.length;
  }

  state(number: number): State {
    return this.#states[number]!;
  }

  /** The number of a state, or undefined if it is not there. */
  find(instructions: Int32Array, before: number): number | undefined {
    let number = this.#newestByHash.get(hash(instructions, before));
    while (number !== undefined && number !== UNKNOWN) {
      const state = this.#states[number]!;
      if (state.before === before && equal(state.instructions, instructions)) return number;
      number = this.#chain[number];
    }
    return undefined;
  }

  /** Whether another state fits. The first always does. */
  hasRoomFor(instructions: Int32Array): boolean {
    if (this.size === 0) return true;
    return this.size < this.#maxStates && this.bytes + this.#cost(instructions) <= this.#maxBytes;
  }

  /** Adds a state that `find` does not find; returns its number. */
  add(state: State): number {
    const number = this.size;
    if (number === this.notes.length) this.#grow();
    const key = hash(state.instructions, state.before);
    this.#chain.push(this.#newestByHash.get(key) ?? UNKNOWN);
    this.#newestByHash.set(key, number);
    this.#states.push(state);
    this.bytes += this.#cost(state.instructions);
    return number;
  }

  clear(): void {
    this.table.fill(UNKNOWN);
    this.notes.fill(0);
    this.#states.length = 0;
    this.#chain.length = 0;
    this.#newestByHash.clear();
    this.bytes = 0;
  }

  #cost(instructions: Int32Array): number {
    return (CELL_BYTES << this.rowBits) + 4 * instructions.length + STATE_OVERHEAD;
  }

  #grow(): void {
    const rows = Math.min(2 * this.size, Math.max(this.#maxStates, this.size + 1));
    const table = new Uint16Array(rows << this.rowBits).fill(UNKNOWN, this.table.length);
    table.set(this.table);
    this.table = table;
    const notes = new Int32Array(rows);
    notes.set(this.notes);
    this.notes = notes;
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
