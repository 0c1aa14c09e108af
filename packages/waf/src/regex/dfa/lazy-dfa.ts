/**
 * # The lazy DFA
 *
 * The fourth rung, and the one that does nearly all the work. A deterministic automaton reads each code unit with one
 * table lookup, however many patterns it holds; built in full it could have exponentially many states. So it is built
 * as the input asks for it: a transition that is not in the table yet is worked out by the stepper and remembered.
 * Traffic is repetitive, and after a few requests nearly every transition is there.
 *
 *     const dfa = new LazyDfa(program, { cacheStates: 2000, cacheBytes: 1 << 18 });
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
import { SPECIAL, type State, StateCache, UNKNOWN } from './state-cache.ts';

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
/** States that searches which may give up can make together before they have paid for any. */
const CREDIT = 2000;

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
 * asks for a second look and has had none in this search, or to the end. One multi-pattern step is two look-ups.
 */
function follow(
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
    const entry = pages[unit < 256 ? unit : (pageOf[unit >> 8]! << 8) | (unit & 255)]!;
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

export class LazyDfa {
  readonly #stepper: Stepper;
  readonly #cursor: Cursor = { position: 0, state: START, marks: 0 };
  readonly #units: UnitTable;
  readonly #cache: StateCache;
  readonly #statesPerSearch: number;
  #searches = 0;
  #computed = 0;
  #clears = 0;
  #givenUp = 0;
  #simulated = 0;
  /** States made by the search under way. */
  #made = 0;
  #mayGiveUp = false;
  #credit = CREDIT;
  /** Transitions worked out since an interrupt was last asked. */
  #unasked = 0;

  constructor(program: Program, limits: CacheLimits) {
    this.#stepper = new Stepper(program);
    this.#units = buildUnitTable(program.alphabet, program.marks);
    this.#cache = new StateCache(program.alphabet.highSurrogate + 1, limits.cacheStates, limits.cacheBytes);
    this.#statesPerSearch = limits.statesPerSearch;
    this.#addStart();
  }

  get statistics(): LazyDfaStatistics {
    return {
      computed: this.#computed,
      clears: this.#clears,
      givenUp: this.#givenUp,
      simulated: this.#simulated,
      visits: this.#stepper.visits,
      states: this.#cache.size,
      bytes: this.#cache.bytes,
    };
  }

  /** Whether any pattern matches. Stops at the first sign of one. */
  matchesAny(input: string): boolean {
    if (this.#stepper.alwaysMatching.length > 0) return true;
    return this.#search(input, undefined, undefined);
  }

  /**
   * Puts into `found`, in place of what is there, every pattern that matches and the signs of the whole input. A search
   * that makes too many states is simulated or, if it `mayGiveUp`, ends with `found.unfinished`; the marks of the whole
   * input are there nevertheless.
   */
  collect(input: string, found: Findings, interrupt?: Interrupt, mayGiveUp = false): void {
    found.clear();
    this.#mayGiveUp = mayGiveUp;
    const { alwaysMatching } = this.#stepper;
    for (let i = 0; i < alwaysMatching.length; i++) found.add(alwaysMatching[i]!);
    this.#search(input, found, interrupt);
  }

  /** Without `found`, returns true at the first match. */
  #search(input: string, found: Findings | undefined, interrupt: Interrupt | undefined): boolean {
    const cursor = this.#cursor;
    const { alphabet } = this.#stepper.program;
    const { length } = input;
    cursor.position = 0;
    cursor.state = START;
    cursor.marks = 0;
    this.#begin();
    for (;;) {
      follow(cursor, input, this.#units, this.#cache, this.#searches);
      const { position, state } = cursor;
      let symbol = alphabet.endOfText;
      let width = 1;
      if (position < length) {
        const codePoint = input.codePointAt(position)!;
        symbol = alphabet.symbolOf(codePoint);
        width = codePoint > 0xffff ? 2 : 1;
        cursor.marks |= this.#stepper.program.marks[symbol]! << SYMBOL_BITS;
      }
      let to = this.#cache.table[(state << this.#cache.rowBits) | symbol]!;
      if (to === UNKNOWN) {
        if (interrupt !== undefined && ++this.#unasked > STEPS_PER_QUESTION && this.#ask(interrupt, found))
          break;
        to = this.#compute(state, symbol, position);
        if (to === UNKNOWN) {
          if (found !== undefined) found.signs |= cursor.marks & MARKS;
          if (found !== undefined && this.#mayGiveUp) return this.#giveUp(input, position, found);
          return this.#simulate(input, position, this.#cache.state(state), found, interrupt);
        }
      }
      if (to >= SPECIAL) {
        to -= SPECIAL;
        const { matches } = this.#cache.state(to);
        if (found === undefined) return matches.length > 0;
        for (let i = 0; i < matches.length; i++) found.add(matches[i]!);
        this.#cache.notes[to] = this.#searches;
      }
      if (position === length) {
        this.#credit = Math.min(CREDIT, this.#credit + length / UNITS_PER_STATE);
        break;
      }
      cursor.state = to;
      cursor.position = position + width;
    }
    if (found !== undefined) found.signs |= cursor.marks & MARKS;
    return false;
  }

  #begin(): void {
    this.#made = 0;
    if (this.#searches === MAX_SEARCHES) {
      this.#cache.notes.fill(0);
      this.#searches = 0;
    }
    this.#searches++;
  }

  #ask(interrupt: Interrupt, found: Findings | undefined): boolean {
    this.#unasked = 0;
    if (!interrupt.expiredNow()) return false;
    if (found !== undefined) found.interrupted = true;
    return true;
  }

  /** Works out and stores a transition; UNKNOWN if it leads to a new state and this search has made enough. */
  #compute(state: number, symbol: number, position: number): number {
    this.#computed++;
    const { instructions, before } = this.#cache.state(state);
    this.#stepper.step(instructions, instructions.length, before, symbol);
    const { result } = this.#stepper;
    const reached = result.members.slice(0, result.size).sort();
    const known = this.#cache.find(reached, this.#stepper.before);
    if (known !== undefined) return this.#link(state, symbol, known);
    const isDear = this.#made >= this.#statesPerSearch && position < this.#made * UNITS_PER_STATE;
    if (isDear || (this.#mayGiveUp && this.#credit < 1)) return UNKNOWN;
    this.#made++;
    this.#credit--;
    if (this.#cache.hasRoomFor(reached)) return this.#link(state, symbol, this.#add(reached));
    this.#clear();
    return this.#cellFor(this.#cache.find(reached, this.#stepper.before) ?? this.#add(reached));
  }

  #link(from: number, symbol: number, to: number): number {
    const cell = this.#cellFor(to);
    this.#cache.table[(from << this.#cache.rowBits) | symbol] = cell;
    return cell;
  }

  /** A match, or that nothing is left to find, asks for a second look. */
  #cellFor(to: number): number {
    const { matches, dead } = this.#cache.state(to);
    return matches.length > 0 || dead ? SPECIAL + to : to;
  }

  #add(instructions: Int32Array): number {
    const matches: number[] = [];
    this.#stepper.forEachMatch((pattern) => matches.push(pattern));
    return this.#cache.add({
      instructions,
      before: this.#stepper.before,
      matches: Int32Array.from(matches),
      dead: this.#stepper.anchored && matches.length === instructions.length,
    });
  }

  #clear(): void {
    this.#clears++;
    this.#cache.clear();
    this.#addStart();
  }

  #addStart(): void {
    this.#cache.add({
      instructions: new Int32Array(0),
      before: SIDE_EDGE,
      matches: new Int32Array(0),
      dead: false,
    });
  }

  /** Leaves the rest of a search to others, but for the marks, which cost little. */
  #giveUp(input: string, from: number, found: Findings): false {
    this.#givenUp++;
    found.unfinished = true;
    const { alphabet, marks } = this.#stepper.program;
    const { pages, pageOf } = this.#units;
    for (let position = from; position < input.length; position++) {
      const unit = input.charCodeAt(position);
      const entry = pages[unit < 256 ? unit : (pageOf[unit >> 8]! << 8) | (unit & 255)]!;
      if ((entry & SYMBOL_MASK) === alphabet.highSurrogate) {
        found.signs |= marks[alphabet.symbolOf(input.codePointAt(position)!)]! << SYMBOL_BITS;
      } else {
        found.signs |= entry & MARKS;
      }
    }
    return false;
  }

  /** Finishes a search without the cache, from a state at a position. */
  #simulate(
    input: string,
    from: number,
    state: State,
    found: Findings | undefined,
    interrupt: Interrupt | undefined,
  ): boolean {
    this.#simulated++;
    const stepper = this.#stepper;
    const { alphabet, marks } = stepper.program;
    const waiting = new Int32Array(stepper.result.members.length);
    let count = state.instructions.length;
    let before = state.before;
    let matched = false;
    waiting.set(state.instructions);
    const record = (pattern: number): void => {
      matched = true;
      found?.add(pattern);
    };
    for (let position = from; ; ) {
      if (interrupt !== undefined && ++this.#unasked > STEPS_PER_QUESTION && this.#ask(interrupt, found)) {
        return matched;
      }
      const codePoint = input.codePointAt(position);
      const symbol = codePoint === undefined ? alphabet.endOfText : alphabet.symbolOf(codePoint);
      stepper.step(waiting, count, before, symbol);
      stepper.forEachMatch(record);
      if (codePoint === undefined || (matched && found === undefined)) return matched;
      if (found !== undefined) found.signs |= marks[symbol]! << SYMBOL_BITS;
      count = keepUseful(stepper, found, waiting);
      before = stepper.before;
      position += codePoint > 0xffff ? 2 : 1;
    }
  }
}

/** Copies what waits after a step, without what can only lead to patterns that are found; returns how much it is. */
function keepUseful({ result, program }: Stepper, found: Findings | undefined, waiting: Int32Array): number {
  let count = 0;
  for (let i = 0; i < result.size; i++) {
    const instruction = result.members[i]!;
    if (found?.has(program.patterns[instruction]!) === true) continue;
    waiting[count++] = instruction;
  }
  return count;
}
