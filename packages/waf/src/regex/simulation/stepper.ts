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
import { ANY_BITS_BEFORE, bitsBefore, holds, SIDES, TEXT_START } from '../nfa/look.ts';
import { CLASS, LOOK, MATCH, type Program, SPLIT } from '../nfa/program.ts';
import { SparseSet } from './sparse-set.ts';

export class Stepper {
  readonly program: Program;
  /** Patterns that match the empty string anywhere, ascending. */
  readonly alwaysMatching: readonly number[];
  /** Whether a search that has nothing under way past its first place can never match again. */
  readonly anchored: boolean;
  /** The result of the last step, matches among it. Overwritten by the next. */
  readonly result: SparseSet;
  /** The bits of `Waiting.before` after the last step. */
  before = 0;
  /** Instructions visited since the stepper was made: the work done, for tests of linearity. */
  visits = 0;
  /** The patterns' first instructions that consume, by the set that they consume; and the others. */
  readonly #initialBySet: readonly { readonly set: number; readonly instructions: readonly number[] }[];
  readonly #initialOthers: readonly number[];
  readonly #isInitial: Uint8Array;
  readonly #initialBits: number;
  readonly #initialSteps: (Int32Array | undefined)[];
  readonly #visitedHere: SparseSet;
  readonly #visitedNext: SparseSet;
  readonly #stack: number[] = [];

  constructor(program: Program) {
    const size = program.next.length;
    this.program = program;
    this.result = new SparseSet(size);
    this.#visitedHere = new SparseSet(size);
    this.#visitedNext = new SparseSet(size);
    this.#isInitial = new Uint8Array(size);
    this.#initialSteps = new Array(SIDES * (program.alphabet.size + 1));
    for (const start of program.starts) this.#enter(start);
    const reached = [...this.result.members.subarray(0, this.result.size)];
    const isMatch = (instruction: number) => program.operations[instruction] === MATCH;
    this.alwaysMatching = reached.filter(isMatch).map((instruction) => program.argument[instruction]!);
    for (const instruction of reached) this.#isInitial[instruction] = 1;
    const initial = reached.filter((instruction) => !isMatch(instruction));
    this.#initialBySet = bySet(program, initial);
    this.#initialOthers = initial.filter((instruction) => program.operations[instruction] !== CLASS);
    this.anchored = initial.every(
      (instruction) =>
        program.operations[instruction] === LOOK && program.argument[instruction] === TEXT_START,
    );
    this.#initialBits = initial.reduce((bits, instruction) => bits | this.#bitsBefore(instruction), 0);
    this.visits = 0;
  }

  /**
   * From the first `count` of `instructions`, waiting after a neighbour with bits `before`, steps over a symbol, the
   * end of the text included. Leaves what waits next in `result` and its neighbour's bits in `this.before`.
   */
  step(instructions: Int32Array, count: number, before: number, symbol: number): void {
    this.result.clear();
    this.#visitedNext.clear();
    this.#visitedHere.clear();
    for (let i = 0; i < count; i++) this.#leave(instructions[i]!, before, symbol);
    const initial = this.#initialStep(before, symbol);
    for (let i = 0; i < initial.length; i++) this.result.add(initial[i]!);
    this.visits += count + initial.length;
    this.before = this.program.alphabet.sides[symbol]! & this.#bitsThatMatter();
  }

  /** Patterns whose match is among the result, into `found`. */
  forEachMatch(found: (pattern: number) => void): void {
    const { operations, argument } = this.program;
    const { members, size } = this.result;
    for (let i = 0; i < size; i++) {
      if (operations[members[i]!] === MATCH) found(argument[members[i]!]!);
    }
  }

  /** Where the patterns' first instructions lead. Leaves `result` as it was. */
  #initialStep(before: number, symbol: number): Int32Array {
    const key = symbol * SIDES + (before & this.#initialBits);
    let step = this.#initialSteps[key];
    if (step === undefined) {
      step = this.#computeInitialStep(before, symbol);
      this.#initialSteps[key] = step;
    }
    return step;
  }

  #computeInitialStep(before: number, symbol: number): Int32Array {
    const underWay = this.result.members.slice(0, this.result.size);
    this.result.clear();
    this.#visitedNext.clear();
    this.#visitedHere.clear();
    for (const { set, instructions } of this.#initialBySet) {
      if (this.program.members[set]![symbol] === 0) continue;
      for (const instruction of instructions) this.#enter(this.program.next[instruction]!);
    }
    for (const instruction of this.#initialOthers) this.#leave(instruction, before, symbol);
    const step = this.result.members.slice(0, this.result.size);
    this.result.clear();
    for (const instruction of underWay) this.result.add(instruction);
    return step;
  }

  /** Takes the transitions of a waiting instruction and, past assertions that hold, of those behind it. */
  #leave(instruction: number, before: number, symbol: number): void {
    const { operations, next, argument, members, alphabet } = this.program;
    const operation = operations[instruction];
    if (operation === CLASS) {
      if (members[argument[instruction]!]![symbol] === 1) this.#enter(next[instruction]!);
      return;
    }
    if (operation === MATCH) return;
    const after = alphabet.sides[symbol]!;
    const stack = this.#stack;
    const base = stack.length;
    stack.push(instruction);
    while (stack.length > base) {
      const current = stack.pop()!;
      if (!this.#visitedHere.add(current)) continue;
      this.visits++;
      switch (operations[current]) {
        case SPLIT:
          stack.push(argument[current]!, next[current]!);
          break;
        case LOOK:
          if (holds(argument[current]!, before, after)) stack.push(next[current]!);
          break;
        case MATCH:
          this.result.add(current);
          break;
        default:
          if (members[argument[current]!]![symbol] === 1) this.#enter(next[current]!);
      }
    }
  }

  /** Adds to the result what waits at an instruction or behind splits; the patterns' first ones are understood. */
  #enter(instruction: number): void {
    const { operations, next, argument } = this.program;
    const stack = this.#stack;
    const base = stack.length;
    stack.push(instruction);
    while (stack.length > base) {
      const current = stack.pop()!;
      if (!this.#visitedNext.add(current)) continue;
      this.visits++;
      if (operations[current] === SPLIT) stack.push(argument[current]!, next[current]!);
      else if (this.#isInitial[current] === 0) this.result.add(current);
    }
  }

  #bitsThatMatter(): number {
    let bits = this.#initialBits;
    const { members, size } = this.result;
    for (let i = 0; i < size; i++) bits |= this.#bitsBefore(members[i]!);
    return bits;
  }

  /**
   * What behind an assertion decides about it and, if other instructions follow at the same place, about assertions
   * among those: for these, whatever can matter to any.
   */
  #bitsBefore(instruction: number): number {
    const { operations, next, argument } = this.program;
    if (operations[instruction] !== LOOK) return 0;
    const following = operations[next[instruction]!];
    const own = bitsBefore(argument[instruction]!);
    return following === LOOK || following === SPLIT ? own | ANY_BITS_BEFORE : own;
  }
}

/** Those of some instructions that consume a set, by its number. */
function bySet(
  { operations, argument }: Program,
  instructions: readonly number[],
): { set: number; instructions: readonly number[] }[] {
  const groups = new Map<number, number[]>();
  for (const instruction of instructions) {
    if (operations[instruction] !== CLASS) continue;
    const group = groups.get(argument[instruction]!);
    if (group === undefined) groups.set(argument[instruction]!, [instruction]);
    else group.push(instruction);
  }
  return [...groups].map(([set, group]) => ({ set, instructions: group }));
}
