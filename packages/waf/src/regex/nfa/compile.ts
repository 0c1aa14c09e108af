import type { Node, RepeatNode } from '../syntax/ast.ts';
import { type CodePointSet, NEWLINE, WORD } from '../syntax/code-point-set.ts';
import { partition } from './alphabet.ts';
import { LOOKS } from './look.ts';
import { CLASS, LOOK, MATCH, type Program, SPLIT } from './program.ts';

/**
 * One program for all trees, whose size has been checked. Its alphabet also tells apart what is in one of the marked sets
 * from what isn't.
 */
export function compileProgram(roots: readonly Node[], marked: readonly CodePointSet[] = []): Program {
  const builder = new Builder();
  const starts = roots.map((root, index) => builder.add(root, index));
  return builder.finish(starts, marked);
}

/**
 * Builds from the back: a node is compiled when what follows it has been, so every instruction knows its successor and
 * only loops need one filled in later.
 */
class Builder {
  readonly #operations: number[] = [];
  readonly #next: number[] = [];
  readonly #argument: number[] = [];
  readonly #patterns: number[] = [];
  readonly #sets: CodePointSet[] = [];
  readonly #setIndex = new Map<string, number>();
  readonly #setIndexOfNode = new Map<CodePointSet, number>();
  readonly #nullable = new Map<Node, boolean>();
  #looks = false;

  /** Returns the first instruction of a pattern. */
  add(root: Node, index: number): number {
    const start = this.#compile(root, this.#emit(MATCH, 0, index));
    while (this.#patterns.length < this.#operations.length) this.#patterns.push(index);
    return start;
  }

  finish(starts: readonly number[], marked: readonly CodePointSet[]): Program {
    const distinguished = this.#looks ? [...this.#sets, WORD, NEWLINE] : this.#sets;
    const { alphabet, members } = partition([...marked, ...distinguished]);
    const marks = new Uint16Array(alphabet.size);
    for (let bit = 0; bit < marked.length; bit++) {
      for (let symbol = 0; symbol < alphabet.size; symbol++) marks[symbol]! |= members[bit]![symbol]! << bit;
    }
    return {
      operations: Uint8Array.from(this.#operations),
      next: Int32Array.from(this.#next),
      argument: Int32Array.from(this.#argument),
      starts,
      patterns: Int32Array.from(this.#patterns),
      alphabet,
      members: members.slice(marked.length, marked.length + this.#sets.length),
      marks,
    };
  }

  #compile(node: Node, next: number): number {
    switch (node.type) {
      case 'empty':
        return next;
      case 'class':
        return this.#emit(CLASS, next, this.#internSet(node.set));
      case 'look':
        this.#looks = true;
        return this.#emit(LOOK, next, LOOKS.indexOf(node.look));
      case 'concat':
        return this.#compileConcat(node.nodes, next);
      case 'alternate':
        return this.#compileAlternate(node.nodes, next);
      case 'repeat':
        return this.#compileRepeat(node, next);
    }
  }

  #compileConcat(nodes: readonly Node[], next: number): number {
    let entry = next;
    for (let i = nodes.length - 1; i >= 0; i--) entry = this.#compile(nodes[i]!, entry);
    return entry;
  }

  #compileAlternate(nodes: readonly Node[], next: number): number {
    let entry = this.#compile(nodes[nodes.length - 1]!, next);
    for (let i = nodes.length - 2; i >= 0; i--)
      entry = this.#emit(SPLIT, this.#compile(nodes[i]!, next), entry);
    return entry;
  }

  /** `x{2,4}` is `xx(x(x)?)?`, `x{2,}` is `xx+`. */
  #compileRepeat({ node, min, max, greedy }: RepeatNode, next: number): number {
    let entry = next;
    let required = min;
    if (max === Number.POSITIVE_INFINITY) {
      entry = min > 0 ? this.#compilePlus(node, greedy, entry) : this.#compileStar(node, greedy, entry);
      required = Math.max(0, min - 1);
    } else {
      for (let i = min; i < max; i++) {
        const split = this.#emitChoice(greedy, next);
        entry = this.#setChoice(split, this.#compile(node, entry), greedy);
      }
    }
    for (let i = 0; i < required; i++) entry = this.#compile(node, entry);
    return entry;
  }

  #compilePlus(node: Node, greedy: boolean, next: number): number {
    const split = this.#emitChoice(greedy, next);
    const body = this.#compile(node, split);
    this.#setChoice(split, body, greedy);
    return body;
  }

  /**
   * A body that can be empty is entered as `(x+)?`: with the usual loop the empty way through the body would come back
   * to the choice it left from and lose its place in the order of preference.
   */
  #compileStar(node: Node, greedy: boolean, next: number): number {
    const split = this.#emitChoice(greedy, next);
    const body = this.#isNullable(node) ? this.#compilePlus(node, greedy, next) : this.#compile(node, split);
    return this.#setChoice(split, body, greedy);
  }

  /** A split that leads on to `next`; its other way is set once known. */
  #emitChoice(greedy: boolean, next: number): number {
    return greedy ? this.#emit(SPLIT, 0, next) : this.#emit(SPLIT, next, 0);
  }

  #setChoice(split: number, body: number, greedy: boolean): number {
    (greedy ? this.#next : this.#argument)[split] = body;
    return split;
  }

  #isNullable(node: Node): boolean {
    let nullable = this.#nullable.get(node);
    if (nullable === undefined) {
      nullable = this.#computeNullable(node);
      this.#nullable.set(node, nullable);
    }
    return nullable;
  }

  #computeNullable(node: Node): boolean {
    switch (node.type) {
      case 'class':
        return false;
      case 'concat':
        return node.nodes.every((item) => this.#isNullable(item));
      case 'alternate':
        return node.nodes.some((item) => this.#isNullable(item));
      case 'repeat':
        return node.min === 0 || this.#isNullable(node.node);
      default:
        return true;
    }
  }

  #internSet(set: CodePointSet): number {
    let index = this.#setIndexOfNode.get(set);
    if (index !== undefined) return index;
    const key = set.join();
    index = this.#setIndex.get(key);
    if (index === undefined) {
      index = this.#sets.push(set) - 1;
      this.#setIndex.set(key, index);
    }
    this.#setIndexOfNode.set(set, index);
    return index;
  }

  #emit(operation: number, next: number, argument: number): number {
    this.#next.push(next);
    this.#argument.push(argument);
    return this.#operations.push(operation) - 1;
  }
}
