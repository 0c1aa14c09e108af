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
 * Nor do states list what is behind a split: it is followed again when the next symbol is there. After a blank, a set of
 * hundreds of patterns may wait for hundreds of words, but behind a few splits.
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

export class Stepper {
  /** Patterns that match the empty string anywhere, ascending. */
  readonly alwaysMatching: readonly number[];
  /** Whether a search that has nothing under way past its first place can never match again. */
  readonly anchored: boolean;
  /** Where the last step led: what waits next, or the splits that it waits behind, and matches. Overwritten by the next. */
  readonly reached: SparseSet;
  /** The same without splits. */
  readonly result: SparseSet;
  /** Instructions visited since the stepper was made: the work done, for tests of linearity. */
  visits = 0;
  readonly #program: Program;
  /** The patterns' first instructions that consume, by the set that they consume; and the others. */
  readonly #initialBySet: ReadonlyMap<number, readonly number[]>;
  readonly #initialOthers: readonly number[];
  readonly #isInitial: Uint8Array;
  readonly #initialBits: number;
  /** By symbol and bits before, where the patterns' first instructions lead. */
  readonly #initialSteps: ({ readonly reached: Int32Array; readonly result: Int32Array } | undefined)[];
  readonly #followed: SparseSet;
  readonly #visitedHere: SparseSet;
  readonly #visitedNext: SparseSet;
  readonly #stack: number[] = [];

  constructor(program: Program) {
    const { operations, argument, starts, alphabet, next } = program;
    this.#program = program;
    this.reached = new SparseSet(next.length);
    this.result = new SparseSet(next.length);
    this.#followed = new SparseSet(next.length);
    this.#visitedHere = new SparseSet(next.length);
    this.#visitedNext = new SparseSet(next.length);
    this.#isInitial = new Uint8Array(next.length);
    this.#initialSteps = new Array(SIDES * (alphabet.endOfText + 1));
    for (const start of starts) this.#enter(start);
    const first = [...this.result.toArray()];
    for (const instruction of first) this.#isInitial[instruction] = 1;
    const are = (operation: number) => first.filter((instruction) => operations[instruction] === operation);
    const initial = first.filter((instruction) => operations[instruction] !== MATCH);
    this.alwaysMatching = are(MATCH).map((instruction) => argument[instruction]!);
    this.#initialBySet = groupBy(are(CONSUME), (instruction) => argument[instruction]!);
    this.#initialOthers = initial.filter((instruction) => operations[instruction] !== CONSUME);
    this.anchored = initial.every(
      (instruction) => operations[instruction] === ASSERT && argument[instruction] === TEXT_START,
    );
    this.#initialBits = initial.reduce((bits, instruction) => bits | this.#bitsBefore(instruction), 0);
    this.visits = 0;
  }

  /**
   * From the first `count` of `instructions`, which were reached after a neighbour with bits `before`, steps over a
   * symbol, the end of the text included. Leaves what is reached in `reached`, and what waits there in `result`; returns
   * those bits of its neighbour that matter.
   */
  step(instructions: Int32Array, count: number, before: number, symbol: number): number {
    const key = symbol * SIDES + (before & this.#initialBits);
    this.#initialSteps[key] ??= this.#initialStep(before, symbol);
    const initial = this.#initialSteps[key];
    this.#clear();
    this.#followed.clear();
    for (let i = 0; i < count; i++) this.#follow(instructions[i]!, before, symbol);
    const { reached, result } = initial;
    for (let i = 0; i < reached.length; i++) this.reached.add(reached[i]!);
    for (let i = 0; i < result.length; i++) this.result.add(result[i]!);
    this.visits += count + result.length;
    let bitsThatMatter = this.#initialBits;
    const { members, size } = this.result;
    for (let i = 0; i < size; i++) bitsThatMatter |= this.#bitsBefore(members[i]!);
    return this.#program.alphabet.sides[symbol]! & bitsThatMatter;
  }

  /** Patterns whose match is among the result, into `found`. */
  forEachMatch(found: (pattern: number) => void): void {
    const { operations, argument } = this.#program;
    const { members, size } = this.result;
    for (let i = 0; i < size; i++) {
      if (operations[members[i]!] === MATCH) found(argument[members[i]!]!);
    }
  }

  #initialStep(before: number, symbol: number) {
    const { members, next } = this.#program;
    this.#clear();
    for (const [set, instructions] of this.#initialBySet) {
      if (members[set]![symbol] === 0) continue;
      for (const instruction of instructions) this.#enter(next[instruction]!);
    }
    for (const instruction of this.#initialOthers) this.#leave(instruction, before, symbol);
    return { reached: this.reached.toArray(), result: this.result.toArray() };
  }

  #clear(): void {
    this.reached.clear();
    this.result.clear();
    this.#visitedNext.clear();
    this.#visitedHere.clear();
  }

  /** Leaves what waits at an instruction or behind splits, but for the patterns' first ones. */
  #follow(from: number, before: number, symbol: number): void {
    const { operations, next, argument } = this.#program;
    const stack = this.#stack;
    const base = stack.length;
    stack.push(from);
    while (stack.length > base) {
      const instruction = stack.pop()!;
      if (!this.#followed.add(instruction)) continue;
      this.visits++;
      if (operations[instruction] === SPLIT) stack.push(argument[instruction]!, next[instruction]!);
      else if (this.#isInitial[instruction] === 0) this.#leave(instruction, before, symbol);
    }
  }

  /** Takes the transitions of a waiting instruction and, past assertions that hold, of those behind it. */
  #leave(waiting: number, before: number, symbol: number): void {
    const { operations, next, argument, members, alphabet } = this.#program;
    const operation = operations[waiting];
    if (operation === CONSUME) {
      if (members[argument[waiting]!]![symbol] === 1) this.#enter(next[waiting]!);
      return;
    }
    if (operation === MATCH) return;
    const after = alphabet.sides[symbol]!;
    const stack = this.#stack;
    const base = stack.length;
    stack.push(waiting);
    while (stack.length > base) {
      const instruction = stack.pop()!;
      if (!this.#visitedHere.add(instruction)) continue;
      this.visits++;
      switch (operations[instruction]) {
        case SPLIT:
          stack.push(argument[instruction]!, next[instruction]!);
          break;
        case ASSERT:
          if (holds(argument[instruction]!, before, after)) stack.push(next[instruction]!);
          break;
        case MATCH:
          this.reached.add(instruction);
          this.result.add(instruction);
          break;
        default:
          if (members[argument[instruction]!]![symbol] === 1) this.#enter(next[instruction]!);
      }
    }
  }

  /** Reaches an instruction; what waits there or behind splits is the result. The patterns' first ones are understood. */
  #enter(start: number): void {
    const { operations, next, argument } = this.#program;
    if (this.#isInitial[start] === 0) this.reached.add(start);
    const stack = this.#stack;
    const base = stack.length;
    stack.push(start);
    while (stack.length > base) {
      const instruction = stack.pop()!;
      if (!this.#visitedNext.add(instruction)) continue;
      this.visits++;
      if (operations[instruction] === SPLIT) stack.push(argument[instruction]!, next[instruction]!);
      else if (this.#isInitial[instruction] === 0) this.result.add(instruction);
    }
  }

  /**
   * What behind an assertion decides about it and, if other instructions follow at the same place, about assertions
   * among those: for these, whatever can matter to any.
   */
  #bitsBefore(instruction: number): number {
    const { operations, next, argument } = this.#program;
    if (operations[instruction] !== ASSERT) return 0;
    const following = operations[next[instruction]!];
    return following === ASSERT || following === SPLIT
      ? ANY_BITS_BEFORE
      : BITS_BEFORE[argument[instruction]!]!;
  }
}
