import {
  ALTERNATE,
  CLASS,
  CONCAT,
  canBeEmptyWhere,
  EMPTY,
  LOOK,
  type Node,
  REPEAT,
  type RepeatNode,
  UNBOUNDED,
} from '../syntax/ast.ts';
import { type CodePointSet, NEWLINE, WORD } from '../syntax/code-point-set.ts';
import { partition } from './alphabet.ts';
import { ASSERT, CONSUME, MATCH, type Program, SPLIT } from './program.ts';

/** Somewhere, where all assertions may hold. */
const isNullable = canBeEmptyWhere(-1);

/**
 * One program for all trees, whose size has been checked. Its alphabet also tells apart what is in one of the marked sets
 * from what isn't.
 *
 * Built from the back: a node is compiled when what follows it has been, so every instruction knows its successor and
 * only loops need one filled in later.
 */
export function compileProgram(roots: readonly Node[], marked: readonly CodePointSet[] = []): Program {
  const operations: number[] = [];
  const following: number[] = [];
  const argument: number[] = [];
  const patterns: number[] = [];
  const sets: CodePointSet[] = [];
  const setIndex = new Map<string | CodePointSet, number>();
  let looks = false;

  const starts = roots.map((root, index) => {
    const start = compile(root, emit(MATCH, 0, index));
    while (patterns.length < operations.length) patterns.push(index);
    return start;
  });
  const distinguished = looks ? [...sets, WORD, NEWLINE] : sets;
  const { alphabet, members } = partition([...marked, ...distinguished]);
  const marks = new Uint16Array(alphabet.endOfText);
  for (let bit = 0; bit < marked.length; bit++) {
    for (let symbol = 0; symbol < marks.length; symbol++) marks[symbol]! |= members[bit]![symbol]! << bit;
  }
  return {
    operations: Uint8Array.from(operations),
    next: Int32Array.from(following),
    argument: Int32Array.from(argument),
    starts,
    patterns: Int32Array.from(patterns),
    alphabet,
    members: members.slice(marked.length, marked.length + sets.length),
    marks,
  };

  /** Returns the first instruction of a node before `next`. */
  function compile(node: Node, next: number): number {
    switch (node.type) {
      case EMPTY:
        return next;
      case CLASS:
        return emit(CONSUME, next, internSet(node.set));
      case LOOK:
        looks = true;
        return emit(ASSERT, next, node.look);
      case CONCAT:
        return node.nodes.reduceRight((entry, item) => compile(item, entry), next);
      case ALTERNATE:
        return node.nodes
          .slice(0, -1)
          .reduceRight(
            (entry, branch) => emit(SPLIT, compile(branch, next), entry),
            compile(node.nodes.at(-1)!, next),
          );
      case REPEAT:
        return compileRepeat(node, next);
    }
  }

  /** `x{2,4}` is `xx(x(x)?)?`, `x{2,}` is `xx+`. */
  function compileRepeat({ node, min, max, greedy }: RepeatNode, next: number): number {
    let entry = next;
    let required = min;
    if (max === UNBOUNDED) {
      entry = min > 0 ? compilePlus(node, greedy, entry) : compileStar(node, greedy, entry);
      required = Math.max(0, min - 1);
    } else {
      for (let i = min; i < max; i++) {
        const split = emitChoice(greedy, next);
        entry = setChoice(split, compile(node, entry), greedy);
      }
    }
    for (let i = 0; i < required; i++) entry = compile(node, entry);
    return entry;
  }

  function compilePlus(node: Node, greedy: boolean, next: number): number {
    const split = emitChoice(greedy, next);
    const body = compile(node, split);
    setChoice(split, body, greedy);
    return body;
  }

  /**
   * A body that can be empty is entered as `(x+)?`: with the usual loop the empty way through the body would come back
   * to the choice it left from and lose its place in the order of preference.
   */
  function compileStar(node: Node, greedy: boolean, next: number): number {
    const split = emitChoice(greedy, next);
    const body = isNullable(node) ? compilePlus(node, greedy, next) : compile(node, split);
    return setChoice(split, body, greedy);
  }

  /** A split that leads on to `next`; its other way is set once known. */
  function emitChoice(greedy: boolean, next: number): number {
    return greedy ? emit(SPLIT, 0, next) : emit(SPLIT, next, 0);
  }

  function setChoice(split: number, body: number, greedy: boolean): number {
    (greedy ? following : argument)[split] = body;
    return split;
  }

  /** The index of a set. Most are of the same nodes, and need not be spelled out to be known. */
  function internSet(set: CodePointSet): number {
    let index = setIndex.get(set);
    if (index === undefined) {
      const key = set.join();
      index = setIndex.get(key) ?? sets.push(set) - 1;
      setIndex.set(key, index).set(set, index);
    }
    return index;
  }

  function emit(operation: number, next: number, value: number): number {
    following.push(next);
    argument.push(value);
    return operations.push(operation) - 1;
  }
}
