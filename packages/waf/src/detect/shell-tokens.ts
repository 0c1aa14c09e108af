import type * as ShellKind from './shell-token-kinds.ts';

/** Tokens of a command line as three parallel arrays, in the order of the text; blanks are left out. */
export interface ShellTokens {
  readonly kinds: ShellTokenKind[];
  /** Index of the first code unit of each token. */
  readonly starts: number[];
  /** Index after the last code unit of each token. */
  readonly ends: number[];
}

export type ShellTokenKind = (typeof ShellKind)[keyof typeof ShellKind];
