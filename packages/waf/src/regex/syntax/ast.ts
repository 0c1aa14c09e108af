import type { CodePointSet } from './code-point-set.ts';

/**
 * A parsed pattern. Flags are gone: case folding has widened the classes, `.` and `$` have become what they mean under
 * the flags in force, and groups, which only bind, have dissolved.
 */
export type Node = EmptyNode | ClassNode | LookNode | ConcatNode | AlternateNode | RepeatNode;

/** Matches the empty string. */
export interface EmptyNode {
  readonly type: 'empty';
}

/** Matches one code point of a set; a literal is a set of one, or of an orbit when case does not matter. */
export interface ClassNode {
  readonly type: 'class';
  readonly set: CodePointSet;
}

/** Matches the empty string where its neighbours are as they must be. */
export interface LookNode {
  readonly type: 'look';
  readonly look: Look;
}

export interface ConcatNode {
  readonly type: 'concat';
  readonly nodes: readonly Node[];
}

/** Earlier alternatives are preferred. */
export interface AlternateNode {
  readonly type: 'alternate';
  readonly nodes: readonly Node[];
}

export interface RepeatNode {
  readonly type: 'repeat';
  readonly node: Node;
  readonly min: number;
  /** Infinity for no bound. */
  readonly max: number;
  /** Prefers more repetitions to fewer. */
  readonly greedy: boolean;
}

/** Each depends on no more than the code point before and the one after. */
export type Look = 'textStart' | 'textEnd' | 'lineStart' | 'lineEnd' | 'wordBoundary' | 'notWordBoundary';

export const EMPTY: EmptyNode = { type: 'empty' };
