/**
 * # One step of all patterns at once
 *
 * The third rung: given the instructions that are waiting at one place in the input, which are waiting at the next? The
 * stepper answers that for a whole set of patterns, unanchored, and without regard to preference: it is for finding out
 * whether a pattern matches, not where. Repeated over the input it is the simulation of the automaton; remembered by
 * state and symbol, its answers are the transitions of the lazy DFA.
 *
 * A search may begin anywhere, so the first instructions of all patterns wait at every place. They are the same ones
 * every time: no state lists them, and where they lead on a symbol is worked out once. That keeps states as small as
 * what is really under way, however many patterns there are.
 *
 * Assertions wait too, since what they hold on depends on the symbol that comes; they are decided when it is there.
 *
 * Costs: a step visits an instruction at most twice, so a search of n code points over m instructions takes O(n·m), and
 * in practice n times the few that are under way.
 */
import { groupBy } from '../../group-by.ts';
import { ANY_BITS_BEFORE, BITS_BEFORE, holds, SIDES } from '../nfa/look.ts';
import { ASSERT, CONSUME, MATCH, type Program, SPLIT } from '../nfa/program.ts';
import { TEXT_START } from '../syntax/ast.ts';
import { SparseSet } from './sparse-set.ts';

export interface Stepper {
  /** Patterns that match the empty string anywhere, ascending. */
  readonly alwaysMatching: readonly number[];
  /** Whether a search that has nothing under way past its first place can never match again. */
  readonly anchored: boolean;
  /** The result of the last step, matches among it. Overwritten by the next. */
  readonly result: SparseSet;
  /** Instructions visited since the stepper was made: the work done, for tests of linearity. */
  readonly visits: number;
  /**
   * From the first `count` of `instructions`, waiting after a neighbour with bits `before`, steps over a symbol, the
   * end of the text included. Leaves what waits next in `result` and returns those bits of its neighbour that matter.
   */
  step(instructions: Int32Array, count: number, before: number, symbol: number): number;
  /** Patterns whose match is among the result, into `found`. */
  forEachMatch(found: (pattern: number) => void): void;
}

export function createStepper(program: Program): Stepper {
  const { operations, next, argument, members, alphabet } = program;
  const result = new SparseSet(next.length);
  const visitedHere = new SparseSet(next.length);
  const visitedNext = new SparseSet(next.length);
  const stack: number[] = [];
  let visits = 0;

  const isInitial = new Uint8Array(next.length);
  for (const start of program.starts) enter(start);
  const reached = [...result.toArray()];
  for (const instruction of reached) isInitial[instruction] = 1;
  const initial = reached.filter((instruction) => operations[instruction] !== MATCH);
  const consumes = (instruction: number) => operations[instruction] === CONSUME;
  const initialBySet = groupBy(initial.filter(consumes), (instruction) => argument[instruction]!);
  const initialOthers = initial.filter((instruction) => !consumes(instruction));
  const initialBits = initial.reduce((bits, instruction) => bits | bitsBefore(instruction), 0);
  /** By symbol and bits before, where the patterns' first instructions lead. */
  const initialSteps: (Int32Array | undefined)[] = new Array(SIDES * (alphabet.endOfText + 1));

  const alwaysMatching: number[] = [];
  forEachMatch((pattern) => alwaysMatching.push(pattern));
  visits = 0;
  return {
    alwaysMatching,
    anchored: initial.every(
      (instruction) => operations[instruction] === ASSERT && argument[instruction] === TEXT_START,
    ),
    result,
    get visits() {
      return visits;
    },
    step,
    forEachMatch,
  };

  function step(instructions: Int32Array, count: number, before: number, symbol: number): number {
    const key = symbol * SIDES + (before & initialBits);
    initialSteps[key] ??= initialStep(before, symbol);
    const started = initialSteps[key];
    clear();
    for (let i = 0; i < count; i++) leave(instructions[i]!, before, symbol);
    for (let i = 0; i < started.length; i++) result.add(started[i]!);
    visits += count + started.length;
    let bitsThatMatter = initialBits;
    for (let i = 0; i < result.size; i++) bitsThatMatter |= bitsBefore(result.members[i]!);
    return alphabet.sides[symbol]! & bitsThatMatter;
  }

  function forEachMatch(found: (pattern: number) => void): void {
    for (let i = 0; i < result.size; i++) {
      const instruction = result.members[i]!;
      if (operations[instruction] === MATCH) found(argument[instruction]!);
    }
  }

  function initialStep(before: number, symbol: number): Int32Array {
    clear();
    for (const [set, instructions] of initialBySet) {
      if (members[set]![symbol] === 0) continue;
      for (const instruction of instructions) enter(next[instruction]!);
    }
    for (const instruction of initialOthers) leave(instruction, before, symbol);
    return result.toArray();
  }

  function clear(): void {
    result.clear();
    visitedNext.clear();
    visitedHere.clear();
  }

  /** Takes the transitions of a waiting instruction and, past assertions that hold, of those behind it. */
  function leave(waiting: number, before: number, symbol: number): void {
    if (operations[waiting] === MATCH) return;
    if (operations[waiting] === CONSUME) {
      consume(waiting, symbol);
      return;
    }
    const base = stack.length;
    stack.push(waiting);
    while (stack.length > base) {
      const instruction = stack.pop()!;
      if (!visitedHere.add(instruction)) continue;
      visits++;
      switch (operations[instruction]) {
        case SPLIT:
          stack.push(argument[instruction]!, next[instruction]!);
          break;
        case ASSERT:
          if (holds(argument[instruction]!, before, alphabet.sides[symbol]!)) stack.push(next[instruction]!);
          break;
        case MATCH:
          result.add(instruction);
          break;
        default:
          consume(instruction, symbol);
      }
    }
  }

  function consume(instruction: number, symbol: number): void {
    if (members[argument[instruction]!]![symbol] === 1) enter(next[instruction]!);
  }

  /** Adds to the result what waits at an instruction or behind splits; the patterns' first ones are understood. */
  function enter(start: number): void {
    const base = stack.length;
    stack.push(start);
    while (stack.length > base) {
      const instruction = stack.pop()!;
      if (!visitedNext.add(instruction)) continue;
      visits++;
      if (operations[instruction] === SPLIT) stack.push(argument[instruction]!, next[instruction]!);
      else if (isInitial[instruction] === 0) result.add(instruction);
    }
  }

  /**
   * What behind an assertion decides about it and, if other instructions follow at the same place, about assertions
   * among those: for these, whatever can matter to any.
   */
  function bitsBefore(instruction: number): number {
    if (operations[instruction] !== ASSERT) return 0;
    const following = operations[next[instruction]!];
    return following === ASSERT || following === SPLIT
      ? ANY_BITS_BEFORE
      : BITS_BEFORE[argument[instruction]!]!;
  }
}
