/** The kinds of tokens of a command line: constants of a module, because a bundler puts those in the place of their names. */

/** The first word of a command: what is run. */
export const Executable = 1;
/** Any other word, or a part of one: bare, quoted, or a variable. */
export const Word = 2;
/** `name` before `=`, at the start of a command. */
export const VariableName = 3;
export const Equal = 4;
/** `;`, `&`, `&&`, `|`, `||`, `!`, a line break: another command follows. */
export const Control = 5;
/** `>`, `2>&1`, `<<`. */
export const Redirection = 6;
/** What opens or closes a substitution, a group, an array or an expression. */
export const Bracket = 7;
