/**
 * # The lazy DFA
 *
 * The fourth rung, and the one that does nearly all the work. A deterministic automaton reads each code unit with one
 * table lookup, however many patterns it holds; built in full it could have exponentially many states. So it is built
 * as the input asks for it: a transition that is not in the table yet is worked out by the stepper and remembered.
 * Traffic is repetitive, and after a few requests nearly every transition is there.
 *
 *     const dfa = lazyDfa(program, { cacheStates: 2000, cacheBytes: 1 << 18 });
 *     dfa.matchesAny('some input');             // does any pattern match?
 *     dfa.collect('some input', findings);      // which ones do?
 *
 * It answers whether, not where: states are sets without order, so there are fewer of them.
 *
 * The cache is bounded. When it is full it is cleared and the search goes on. Some inputs, such as the beginnings of many
 * attacks in a row, meet a new state at nearly every step: a search that has made many and has little to show for them
 * is given up, for its owner to finish in another way, or is finished by plain simulation, so that one hostile request
 * does not push out what all others use. Either way the time is linear in the input.
 */
import { SIDE_EDGE } from '../nfa/look.ts';
import type { Program } from '../nfa/program.ts';
import { buildUnitTable, SYMBOL_BITS, SYMBOL_MASK, type UnitTable } from '../nfa/unit-table.ts';
import { Stepper } from '../simulation/stepper.ts';
import type { Findings } from './findings.ts';
import { SPECIAL, type State, type StateCache, stateCache, UNKNOWN } from './state-cache.ts';

export interface CacheLimits {
  cacheStates: number;
  cacheBytes: number;
  statesPerSearch: number;
}

/** Counts since the DFA was made. For looking at how it fares, and for tests of linearity. */
export interface LazyDfaStatistics {
  /** Transitions worked out. */
  computed: number;
  /** Times that the cache was full and was cleared. */
  clears: number;
  /** Searches that made too many states and were given up. */
  givenUp: number;
  /** Searches that made too many states and were finished by simulation. */
  simulated: number;
  /** Instructions visited, by transitions worked out and by simulation. */
  visits: number;
  /** In the cache now. */
  states: number;
  bytes: number;
}

/** States pay for themselves if a search advances this many units for each one that it makes. */
const UNITS_PER_STATE = 10;
/** What searches which may give up can use up together before they have advanced: enough for 20,000 states. */
const CREDIT = 20_000 * UNITS_PER_STATE;
/** The rest of a text that is simulated rather than left to others, who may have to make ready for it first. */
const SHORT_REST = 1024;

const START = 0;
/** The numbers of searches begin again after this one. */
const MAX_SEARCHES = 0x7fffffff;

const MARKS = ~SYMBOL_MASK;

/** Working out a transition takes some microseconds, in which a clock can be read a hundred times. */
const STEPS_PER_QUESTION = 16;

/** Asked now and then by a search that takes long; once time is over the search ends. */
export interface Interrupt {
  expiredNow(): boolean;
}

/** How far a search has come. */
interface Cursor {
  position: number;
  state: number;
  /** The entries of the units read, or-ed. */
  marks: number;
}

/**
 * The hot loop: follows transitions that are in the table, up to the first that is not or that leads to a state that
 * asks for a second look and has had none in this search, up to a character beyond Latin-1, or to the end. One
 * multi-pattern step is two look-ups.
 */
function follow(
  cursor: Cursor,
  input: string,
  { pages }: UnitTable,
  { table, rowBits, notes }: StateCache,
  search: number,
): void {
  const { length } = input;
  let { position, state, marks } = cursor;
  while (position < length) {
    const unit = input.charCodeAt(position);
    if (unit > 0xff) break;
    const entry = pages[unit]!;
    let to = table[(state << rowBits) | (entry & SYMBOL_MASK)]!;
    if (to >= SPECIAL) {
      if (to === UNKNOWN) break;
      to -= SPECIAL;
      if (notes[to] !== search) break;
    }
    state = to;
    marks |= entry;
    position++;
  }
  cursor.position = position;
  cursor.state = state;
  cursor.marks = marks;
}

/**
 * The same for any character. A loop of its own: V8 compiles the one above for texts without such characters, and does
 * it three times worse if it has to do it again for others.
 */
function followWide(
  cursor: Cursor,
  input: string,
  { pages, pageOf }: UnitTable,
  { table, rowBits, notes }: StateCache,
  search: number,
): void {
  const { length } = input;
  let { position, state, marks } = cursor;
  while (position < length) {
    const unit = input.charCodeAt(position);
    const entry = pages[(pageOf[unit >> 8]! << 8) | (unit & 0xff)]!;
    let to = table[(state << rowBits) | (entry & SYMBOL_MASK)]!;
    if (to >= SPECIAL) {
      if (to === UNKNOWN) break;
      to -= SPECIAL;
      if (notes[to] !== search) break;
    }
    state = to;
    marks |= entry;
    position++;
  }
  cursor.position = position;
  cursor.state = state;
  cursor.marks = marks;
}

export interface LazyDfa {
  readonly statistics: LazyDfaStatistics;
  /** Whether any pattern matches. Stops at the first sign of one. */
  matchesAny(input: string): boolean;
  /**
   * Puts into `found`, in place of what is there, every pattern that matches and the signs of the whole input. A search
   * that makes too many states is simulated or, if it `mayGiveUp`, ends with `found.unfinished`; the marks of the whole
   * input are there nevertheless.
   */
  collect(input: string, found: Findings, interrupt?: Interrupt, mayGiveUp?: boolean): void;
}

export function lazyDfa(
  program: Program,
  { cacheStates, cacheBytes, statesPerSearch }: CacheLimits,
): LazyDfa {
  const { alphabet, marks, patterns } = program;
  const { endOfText, highSurrogate } = alphabet;
  const stepper = new Stepper(program);
  const { alwaysMatching } = stepper;
  const cursor: Cursor = { position: 0, state: START, marks: 0 };
  const units = buildUnitTable(alphabet, marks);
  const cache = stateCache(highSurrogate + 1, cacheStates, cacheBytes);
  const { states, rowBits } = cache;
  let searches = 0;
  let computed = 0;
  let clears = 0;
  let givenUp = 0;
  let simulated = 0;
  /** States made by the search under way. */
  let made = 0;
  let mayGiveUp = false;
  let credit = CREDIT;
  /** Transitions worked out since an interrupt was last asked. */
  let unasked = 0;

  addStart();
  return {
    get statistics() {
      const { visits } = stepper;
      const { bytes } = cache;
      return { computed, clears, givenUp, simulated, visits, states: states.length, bytes };
    },
    matchesAny: (input) => alwaysMatching.length > 0 || search(input, undefined, undefined),
    collect(input, found, interrupt, canGiveUp = false) {
      found.clear();
      mayGiveUp = canGiveUp;
      for (let i = 0; i < alwaysMatching.length; i++) found.add(alwaysMatching[i]!);
      search(input, found, interrupt);
    },
  };

  /** Without `found`, returns true at the first match. */
  function search(input: string, found: Findings | undefined, interrupt: Interrupt | undefined): boolean {
    const { length } = input;
    cursor.position = 0;
    cursor.state = START;
    cursor.marks = 0;
    made = 0;
    if (searches === MAX_SEARCHES) {
      cache.notes.fill(0);
      searches = 0;
    }
    searches++;
    // Whatever becomes of a search it pays, or one hostile text could keep all later ones from making states.
    credit = Math.min(CREDIT, credit + length);
    for (;;) {
      follow(cursor, input, units, cache, searches);
      if (input.charCodeAt(cursor.position) > 0xff) followWide(cursor, input, units, cache, searches);
      const { position, state } = cursor;
      let symbol = endOfText;
      let width = 1;
      if (position < length) {
        const codePoint = input.codePointAt(position)!;
        symbol = alphabet.symbolOf(codePoint);
        width = codePoint > 0xffff ? 2 : 1;
        cursor.marks |= marks[symbol]! << SYMBOL_BITS;
      }
      let to = cache.table[(state << rowBits) | symbol]!;
      if (to === UNKNOWN) {
        if (isOver(interrupt, found)) break;
        to = compute(state, symbol, position);
        if (to === UNKNOWN) {
          if (found !== undefined) {
            found.signs |= cursor.marks & MARKS;
            if (mayGiveUp && (credit < UNITS_PER_STATE || length - position > SHORT_REST))
              return giveUp(input, position, found);
          }
          return simulate(input, position, states[state]!, found, interrupt);
        }
      }
      if (to >= SPECIAL) {
        to -= SPECIAL;
        const { matches } = states[to]!;
        if (found === undefined) return matches.length > 0;
        for (let i = 0; i < matches.length; i++) found.add(matches[i]!);
        cache.notes[to] = searches;
      }
      if (position === length) break;
      cursor.state = to;
      cursor.position = position + width;
    }
    if (found !== undefined) found.signs |= cursor.marks & MARKS;
    return false;
  }

  /** Whether the interrupt, asked now and then, says that time is over. */
  function isOver(interrupt: Interrupt | undefined, found: Findings | undefined): boolean {
    if (interrupt === undefined || ++unasked <= STEPS_PER_QUESTION) return false;
    unasked = 0;
    if (!interrupt.expiredNow()) return false;
    if (found !== undefined) found.interrupted = true;
    return true;
  }

  /** Works out and stores a transition; UNKNOWN if it leads to a new state and this search has made enough. */
  function compute(from: number, symbol: number, position: number): number {
    computed++;
    const { instructions, before } = states[from]!;
    const after = stepper.step(instructions, instructions.length, before, symbol);
    const reached = stepper.reached.toArray().sort();
    let to = cache.find(reached, after);
    if (to === undefined) {
      const isDear = made >= statesPerSearch && position < made * UNITS_PER_STATE;
      if (isDear || (mayGiveUp && credit < UNITS_PER_STATE)) return UNKNOWN;
      made++;
      credit -= UNITS_PER_STATE;
      if (!cache.hasRoomFor(reached)) {
        clears++;
        cache.clear();
        addStart();
        // The state before it is gone, so there is no transition to store.
        return cellFor(cache.find(reached, after) ?? add(reached, after));
      }
      to = add(reached, after);
    }
    const cell = cellFor(to);
    cache.table[(from << rowBits) | symbol] = cell;
    return cell;
  }

  /** A match, or that nothing is left to find, asks for a second look. */
  function cellFor(to: number): number {
    const { matches, dead } = states[to]!;
    return matches.length > 0 || dead ? SPECIAL + to : to;
  }

  function add(instructions: Int32Array, before: number): number {
    const matches: number[] = [];
    stepper.forEachMatch((pattern) => matches.push(pattern));
    return cache.add({
      instructions,
      before,
      matches: Int32Array.from(matches),
      dead: stepper.anchored && matches.length === stepper.result.size,
    });
  }

  function addStart(): void {
    const nothing = new Int32Array(0);
    cache.add({ instructions: nothing, before: SIDE_EDGE, matches: nothing, dead: false });
  }

  /** Leaves the rest of a search to others, but for the marks, which cost little. */
  function giveUp(input: string, from: number, found: Findings): false {
    givenUp++;
    found.unfinished = true;
    const { pages, pageOf } = units;
    for (let position = from; position < input.length; position++) {
      const unit = input.charCodeAt(position);
      const entry = pages[unit < 256 ? unit : (pageOf[unit >> 8]! << 8) | (unit & 255)]!;
      found.signs |=
        (entry & SYMBOL_MASK) === highSurrogate
          ? marks[alphabet.symbolOf(input.codePointAt(position)!)]! << SYMBOL_BITS
          : entry & MARKS;
    }
    return false;
  }

  /** Finishes a search without the cache, from a state at a position. */
  function simulate(
    input: string,
    from: number,
    state: State,
    found: Findings | undefined,
    interrupt: Interrupt | undefined,
  ): boolean {
    simulated++;
    const waiting = new Int32Array(program.next.length);
    let count = state.instructions.length;
    let { before } = state;
    let matched = false;
    waiting.set(state.instructions);
    const record = (pattern: number): void => {
      matched = true;
      found?.add(pattern);
    };
    for (let position = from; ; ) {
      if (isOver(interrupt, found)) return matched;
      const codePoint = input.codePointAt(position);
      const symbol = codePoint === undefined ? endOfText : alphabet.symbolOf(codePoint);
      before = stepper.step(waiting, count, before, symbol);
      stepper.forEachMatch(record);
      if (codePoint === undefined || (matched && found === undefined)) return matched;
      if (found !== undefined) found.signs |= marks[symbol]! << SYMBOL_BITS;
      // What can only lead to patterns that are found need not wait.
      count = 0;
      const { members, size } = stepper.reached;
      for (let i = 0; i < size; i++) {
        const instruction = members[i]!;
        if (found?.has(patterns[instruction]!) !== true) waiting[count++] = instruction;
      }
      position += codePoint > 0xffff ? 2 : 1;
    }
  }
}
