import type { CodePointSet } from './code-point-set.ts';

/**
 * A parsed pattern. Flags are gone: case folding has widened the classes, `.` and `$` have become what they mean under
 * the flags in force, and groups, which only bind, have dissolved.
 */
export type Node = EmptyNode | ClassNode | LookNode | ConcatNode | AlternateNode | RepeatNode;

/** The types of nodes. */
export const EMPTY = 0;
export const CLASS = 1;
export const LOOK = 2;
export const CONCAT = 3;
export const ALTERNATE = 4;
export const REPEAT = 5;

/** Matches the empty string. */
export interface EmptyNode {
  readonly type: typeof EMPTY;
}

/** Matches one code point of a set; a literal is a set of one, or of an orbit when case does not matter. */
export interface ClassNode {
  readonly type: typeof CLASS;
  readonly set: CodePointSet;
}

/** Matches the empty string where its neighbours are as they must be. */
export interface LookNode {
  readonly type: typeof LOOK;
  /** One of the assertions below. */
  readonly look: number;
}

export interface ConcatNode {
  readonly type: typeof CONCAT;
  readonly nodes: readonly Node[];
}

/** Earlier alternatives are preferred. */
export interface AlternateNode {
  readonly type: typeof ALTERNATE;
  readonly nodes: readonly Node[];
}

export interface RepeatNode {
  readonly type: typeof REPEAT;
  readonly node: Node;
  readonly min: number;
  /** UNBOUNDED if there is no bound. */
  readonly max: number;
  /** Prefers more repetitions to fewer. */
  readonly greedy: boolean;
}

export const UNBOUNDED = Number.POSITIVE_INFINITY;

/** The assertions. Each depends on no more than the code point before and the one after. */
export const TEXT_START = 0;
export const TEXT_END = 1;
export const LINE_START = 2;
export const LINE_END = 3;
export const WORD_BOUNDARY = 4;
export const NOT_WORD_BOUNDARY = 5;

export const EMPTY_NODE: EmptyNode = { type: EMPTY };

export function classNode(set: CodePointSet): Node {
  return { type: CLASS, set };
}

/** Nodes one after the other. */
export function concat(nodes: readonly Node[]): Node {
  if (nodes.length === 0) return EMPTY_NODE;
  return nodes.length === 1 ? nodes[0]! : { type: CONCAT, nodes };
}

/**
 * Tells whether a tree can match the empty string where the assertions of `holding`, a bit each, hold and no others. One
 * function for each such set, since it is asked of every node.
 */
export function canBeEmptyWhere(holding: number): (node: Node) => boolean {
  const canBeEmpty = (node: Node): boolean => {
    switch (node.type) {
      case CLASS:
        return false;
      case LOOK:
        return ((holding >> node.look) & 1) === 1;
      case CONCAT:
        return node.nodes.every(canBeEmpty);
      case ALTERNATE:
        return node.nodes.some(canBeEmpty);
      case REPEAT:
        return node.min === 0 || canBeEmpty(node.node);
      default:
        return true;
    }
  };
  return canBeEmpty;
}
