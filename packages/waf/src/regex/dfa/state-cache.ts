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
  /** What was reached, sorted; without the patterns' first instructions, and with splits in place of what is behind them. */
  readonly instructions: Int32Array;
  /** What an assertion sees before it, in the bits that matter to this state. */
  readonly before: number;
  /** Patterns that have matched on arriving here, ascending. */
  readonly matches: Int32Array;
  /** Nothing can match from here on. */
  readonly dead: boolean;
}

export interface StateCache {
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
  bytes: number;
  /** By number. */
  readonly states: readonly State[];
  /** The number of a state, or undefined if it is not there. */
  find(instructions: Int32Array, before: number): number | undefined;
  /** Whether another state fits. The first always does. */
  hasRoomFor(instructions: Int32Array): boolean;
  /** Adds a state that `find` does not find; returns its number. */
  add(state: State): number;
  clear(): void;
}

export function stateCache(symbols: number, maxStates: number, maxBytes: number): StateCache {
  const rowBits = Math.ceil(Math.log2(symbols));
  const mostStates = Math.min(maxStates, MAX_STATES);
  const states: State[] = [];
  const newestByHash = new Map<number, number>();
  /** For each state, the one before it with the same hash, or UNKNOWN. */
  const chain: number[] = [];
  const cost = ({ length }: Int32Array) => (CELL_BYTES << rowBits) + 4 * length + STATE_OVERHEAD;
  const cache: StateCache = {
    table: new Uint16Array(INITIAL_ROWS << rowBits).fill(UNKNOWN),
    rowBits,
    notes: new Int32Array(INITIAL_ROWS),
    bytes: 0,
    states,
    find(instructions, before) {
      let number = newestByHash.get(hash(instructions, before)) ?? UNKNOWN;
      while (number !== UNKNOWN) {
        const state = states[number]!;
        if (state.before === before && equal(state.instructions, instructions)) return number;
        number = chain[number]!;
      }
      return undefined;
    },
    hasRoomFor(instructions) {
      const { length } = states;
      return length === 0 || (length < mostStates && cache.bytes + cost(instructions) <= maxBytes);
    },
    add(state) {
      const number = states.length;
      if (number === cache.notes.length) grow();
      const key = hash(state.instructions, state.before);
      chain.push(newestByHash.get(key) ?? UNKNOWN);
      newestByHash.set(key, number);
      states.push(state);
      cache.bytes += cost(state.instructions);
      return number;
    },
    clear() {
      cache.table.fill(UNKNOWN);
      cache.notes.fill(0);
      states.length = 0;
      chain.length = 0;
      newestByHash.clear();
      cache.bytes = 0;
    },
  };
  return cache;

  function grow(): void {
    const { table, notes } = cache;
    const rows = Math.min(2 * notes.length, Math.max(mostStates, notes.length + 1));
    cache.table = new Uint16Array(rows << rowBits).fill(UNKNOWN, table.length);
    cache.table.set(table);
    cache.notes = new Int32Array(rows);
    cache.notes.set(notes);
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
