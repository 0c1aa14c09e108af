/**
 * # Where a pattern matches
 *
 * The exact simulation, after Pike: all ways through the automaton advance together over the input, kept in order of
 * preference, each carrying the place where it began. When the most preferred one left matches, what ranks below it is
 * dropped. The match found is the one that RE2 and Perl report: leftmost, and among those, first in preference.
 *
 *     new Pike(program).find('xaab')   // for a+: { start: 1, end: 3 }
 *
 * Costs: O(n·m) for n code points and m instructions. Some fifty times slower than the warm DFA, which is asked first;
 * so this runs where a match is known to be, to say what to highlight.
 */
import type { Alphabet } from '../nfa/alphabet.ts';
import { holds, SIDE_EDGE } from '../nfa/look.ts';
import { ASSERT, CONSUME, MATCH, type Program, SPLIT } from '../nfa/program.ts';
import { SparseSet } from './sparse-set.ts';

/** UTF-16 offsets; the end is exclusive. */
export interface Match {
  start: number;
  end: number;
}

/** Ways through the automaton at one place, the most preferred first. */
class Threads {
  readonly instructions: SparseSet;
  /** By instruction, the offset where its way began. */
  readonly starts: Int32Array;

  constructor(size: number) {
    this.instructions = new SparseSet(size);
    this.starts = new Int32Array(size);
  }
}

/** The simulation of a program's first pattern, for any number of searches. Counts instructions visited in `work`. */
export class Pike {
  /** The offset at which the last search could tell: what lies behind wasn't read. */
  readTo = 0;
  readonly #program: Program;
  readonly #work: { visits: number };
  readonly #stack: number[] = [];
  /** By symbol, 1 if a match can begin with it, with the end of the text among them. */
  readonly #canBegin: Uint8Array;
  #current: Threads;
  #following: Threads;

  constructor(program: Program, work = { visits: 0 }) {
    this.#work = work;
    this.#program = program;
    this.#current = new Threads(program.next.length);
    this.#following = new Threads(program.next.length);
    this.#canBegin = beginnings(program);
  }

  /** The leftmost-first match, or null. */
  find(input: string): Match | null {
    const { alphabet, starts } = this.#program;
    let match: Match | null = null;
    let before = SIDE_EDGE;
    this.#current.instructions.clear();
    for (let position = 0; ; ) {
      const codePoint = input.codePointAt(position);
      const symbol = codePoint === undefined ? alphabet.endOfText : alphabet.symbolOf(codePoint);
      const after = alphabet.sides[symbol]!;
      const width = codePoint !== undefined && codePoint > 0xffff ? 2 : 1;
      if (match === null && this.#canBegin[symbol] === 1) {
        this.#follow(this.#current, starts[0]!, position, before, after);
      }
      if (this.#current.instructions.size > 0) {
        const seen = sideAfter(alphabet, input, position + width);
        const start = this.#advance(symbol, after, seen);
        if (start !== undefined) match = { start, end: position };
        const threads = this.#current;
        this.#current = this.#following;
        this.#following = threads;
      }
      before = after;
      position += width;
      if (codePoint === undefined || (match !== null && this.#current.instructions.size === 0)) {
        this.readTo = position;
        return match;
      }
    }
  }

  /**
   * Steps every thread over a symbol, up to the first that has matched before it; returns where that one began. What
   * follows the symbol is needed to decide the assertions after it.
   */
  #advance(symbol: number, before: number, after: number): number | undefined {
    const { operations, next, argument, members } = this.#program;
    const { instructions, starts } = this.#current;
    this.#following.instructions.clear();
    this.#work.visits += instructions.size;
    for (let i = 0; i < instructions.size; i++) {
      const instruction = instructions.members[i]!;
      const operation = operations[instruction];
      if (operation === MATCH) return starts[instruction]!;
      if (operation === CONSUME && members[argument[instruction]!]![symbol] === 1) {
        this.#follow(this.#following, next[instruction]!, starts[instruction]!, before, after);
      }
    }
    return undefined;
  }

  /** Adds an instruction and all that lies behind its splits and the assertions that hold, in order of preference. */
  #follow(threads: Threads, instruction: number, start: number, before: number, after: number): void {
    const { operations, next, argument } = this.#program;
    const stack = this.#stack;
    stack.push(instruction);
    for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
      this.#work.visits++;
      if (!threads.instructions.add(current)) continue;
      threads.starts[current] = start;
      const operation = operations[current];
      if (operation === SPLIT) stack.push(argument[current]!, next[current]!);
      else if (operation === ASSERT && holds(argument[current]!, before, after)) stack.push(next[current]!);
    }
  }
}

/** Symbols with which a match can begin, assertions taken to hold; all of them if it can be empty. */
function beginnings({ operations, next, argument, members, starts, alphabet }: Program): Uint8Array {
  const symbols = new Uint8Array(alphabet.endOfText + 1);
  const seen = new SparseSet(next.length);
  seen.add(starts[0]!);
  for (let i = 0; i < seen.size; i++) {
    const instruction = seen.members[i]!;
    switch (operations[instruction]) {
      case CONSUME: {
        const member = members[argument[instruction]!]!;
        for (let symbol = 0; symbol < alphabet.endOfText; symbol++) symbols[symbol]! |= member[symbol]!;
        break;
      }
      case MATCH:
        return symbols.fill(1);
      case SPLIT:
        seen.add(argument[instruction]!);
        seen.add(next[instruction]!);
        break;
      default:
        seen.add(next[instruction]!);
    }
  }
  return symbols;
}

function sideAfter(alphabet: Alphabet, input: string, position: number): number {
  const codePoint = input.codePointAt(position);
  return alphabet.sides[codePoint === undefined ? alphabet.endOfText : alphabet.symbolOf(codePoint)]!;
}
