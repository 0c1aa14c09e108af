/**
 * # Where a pattern matches
 *
 * The exact simulation, after Pike: all ways through the automaton advance together over the input, kept in order of
 * preference, each carrying the place where it began. When the most preferred one left matches, what ranks below it is
 * dropped. The match found is the one that RE2 and Perl report: leftmost, and among those, first in preference.
 *
 *     pike(program).find('xaab')   // for a+: { start: 1, end: 3 }
 *
 * Costs: O(n·m) for n code points and m instructions. Some fifty times slower than the warm DFA, which is asked first;
 * so this runs where a match is known to be, to say what to highlight.
 */
import { holds, SIDE_EDGE } from '../nfa/look.ts';
import { ASSERT, CONSUME, MATCH, type Program, SPLIT } from '../nfa/program.ts';
import { SparseSet } from './sparse-set.ts';

/** UTF-16 offsets; the end is exclusive. */
export interface Match {
  start: number;
  end: number;
}

/** Ways through the automaton at one place, the most preferred first. */
interface Threads {
  readonly instructions: SparseSet;
  /** By instruction, the offset where its way began. */
  readonly starts: Int32Array;
}

export interface Pike {
  /** The leftmost-first match, or null. */
  find(input: string): Match | null;
  /** The offset at which the last search could tell: what lies behind wasn't read. */
  readonly readTo: number;
}

/** The simulation of a program's first pattern, for any number of searches. Counts instructions visited in `work`. */
export function pike(program: Program, work = { visits: 0 }): Pike {
  const { operations, next, argument, members, starts, alphabet } = program;
  const stack: number[] = [];
  const canBegin = beginnings(program);
  const threads = (): Threads => ({
    instructions: new SparseSet(next.length),
    starts: new Int32Array(next.length),
  });
  let current = threads();
  let following = threads();
  let readTo = 0;

  return {
    find,
    get readTo() {
      return readTo;
    },
  };

  function find(input: string): Match | null {
    let match: Match | null = null;
    let before = SIDE_EDGE;
    current.instructions.clear();
    for (let position = 0; ; ) {
      const codePoint = input.codePointAt(position);
      const symbol = symbolAt(input, position);
      const after = alphabet.sides[symbol]!;
      const width = codePoint !== undefined && codePoint > 0xffff ? 2 : 1;
      if (match === null && canBegin[symbol] === 1) follow(current, starts[0]!, position, before, after);
      if (current.instructions.size > 0) {
        const start = advance(symbol, after, alphabet.sides[symbolAt(input, position + width)]!);
        if (start !== undefined) match = { start, end: position };
        [current, following] = [following, current];
      }
      before = after;
      position += width;
      if (codePoint === undefined || (match !== null && current.instructions.size === 0)) {
        readTo = position;
        return match;
      }
    }
  }

  function symbolAt(input: string, position: number): number {
    const codePoint = input.codePointAt(position);
    return codePoint === undefined ? alphabet.endOfText : alphabet.symbolOf(codePoint);
  }

  /**
   * Steps every thread over a symbol, up to the first that has matched before it; returns where that one began. What
   * follows the symbol is needed to decide the assertions after it.
   */
  function advance(symbol: number, before: number, after: number): number | undefined {
    const { instructions, starts: began } = current;
    following.instructions.clear();
    work.visits += instructions.size;
    for (let i = 0; i < instructions.size; i++) {
      const instruction = instructions.members[i]!;
      const operation = operations[instruction];
      if (operation === MATCH) return began[instruction]!;
      if (operation === CONSUME && members[argument[instruction]!]![symbol] === 1) {
        follow(following, next[instruction]!, began[instruction]!, before, after);
      }
    }
    return undefined;
  }

  /** Adds an instruction and all that lies behind its splits and the assertions that hold, in order of preference. */
  function follow(threads: Threads, from: number, start: number, before: number, after: number): void {
    stack.push(from);
    for (let instruction = stack.pop(); instruction !== undefined; instruction = stack.pop()) {
      work.visits++;
      if (!threads.instructions.add(instruction)) continue;
      threads.starts[instruction] = start;
      const operation = operations[instruction];
      if (operation === SPLIT) stack.push(argument[instruction]!, next[instruction]!);
      else if (operation === ASSERT && holds(argument[instruction]!, before, after)) {
        stack.push(next[instruction]!);
      }
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
