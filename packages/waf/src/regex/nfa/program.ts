/**
 * # The automaton
 *
 * The second rung: Thompson's construction turns a tree into instructions, each a state of a nondeterministic
 * automaton. `a+|\b` is
 *
 *     0 match 0          1 split 2 0      2 consume {a} → 1    3 assert \b → 0      start: split 2 3
 *
 * One program holds any number of patterns, which share the alphabet and nothing else: a single pattern is a set of
 * one. A `split` prefers its first way; that order is what makes a match leftmost-first, as in RE2 and Perl.
 *
 * Costs: the number of instructions is linear in the length of the pattern written out, with counted repetitions
 * unrolled; a limit bounds it before they are.
 */
import type { Alphabet } from './alphabet.ts';

/** Consume a code point of set `argument`, go to `next`. */
export const CONSUME = 0;
/** Go to `next` or, if that fails, to `argument`. */
export const SPLIT = 1;
/** Go to `next` if assertion `argument` holds here. */
export const ASSERT = 2;
/** Pattern `argument` has matched. */
export const MATCH = 3;

/** Instructions as columns, by number. */
export interface Program {
  readonly operations: Uint8Array;
  readonly next: Int32Array;
  readonly argument: Int32Array;
  /** The first instruction of each pattern. */
  readonly starts: readonly number[];
  /** Of each instruction, the pattern that it is part of. */
  readonly patterns: Int32Array;
  readonly alphabet: Alphabet;
  /** For each set that a `consume` names, by symbol, 1 if the symbol belongs to it. */
  readonly members: readonly Uint8Array[];
  /** By symbol, a bit for each marked set of characters that it belongs to. */
  readonly marks: Uint16Array;
}
