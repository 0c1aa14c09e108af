/** Tokens of a command line as three parallel arrays, in the order of the text; blanks are left out. */
export interface ShellTokens {
  readonly kinds: ShellTokenKind[];
  /** Index of the first code unit of each token. */
  readonly starts: number[];
  /** Index after the last code unit of each token. */
  readonly ends: number[];
}

export const ShellTokenKind = {
  /** The first word of a command: what is run. */
  Executable: 1,
  /** Any other word, or a part of one: bare, quoted, or a variable. */
  Word: 2,
  /** `name` before `=`, at the start of a command. */
  VariableName: 3,
  Equal: 4,
  /** `;`, `&`, `&&`, `|`, `||`, `!`, a line break: another command follows. */
  Control: 5,
  /** `>`, `2>&1`, `<<`. */
  Redirection: 6,
  /** What opens or closes a substitution, a group, an array or an expression. */
  Bracket: 7,
} as const;
export type ShellTokenKind = (typeof ShellTokenKind)[keyof typeof ShellTokenKind];
