/**
 * What dialects of SQL have: the bits of a number, as constants of a module, because a bundler puts those in the place of
 * their names.
 */

/** `'it\'s'` is one string. */
export const BackslashEscapes = 1;
/** `N'it''s'` is a string. */
export const NationalStrings = 2;
/** `E'it\'s'` is a string. */
export const EscapeStrings = 4;
/** `q'[it's]'` and `nq'[it's]'` are strings. */
export const DelimitedStrings = 8;
/** `"x"` is a string, not an identifier. */
export const DoubleQuotedStrings = 16;
/** `$$x$$` and `$tag$x$tag$` are strings. */
export const DollarStrings = 32;
/** `$1.50` is a number. */
export const DollarAmounts = 64;
/** `#` begins a comment. */
export const HashComments = 128;
/** `#` begins a name. */
export const HashNames = 256;
/** `--` begins a comment only before a blank, a control character or the end. */
export const DashCommentNeedsBlank = 512;
/** The body of `/*! … *\/` is code. */
export const ExecutableComments = 1024;
/** A block comment may hold another. */
export const NestedComments = 2048;
/** `[x]` is an identifier. */
export const BracketNames = 4096;
/** `[x]` is an identifier if it begins with a letter. */
export const LetterBracketNames = 8192;
/** `[x]` is an identifier, in which `]]` stands for a bracket. */
export const DoubledBracketNames = 16384;
/** `1abc` is a name, not `1` and `abc`. */
export const DigitNames = 32768;
/** `@x` is a variable, a parameter or the link to another database. */
export const AtVariables = 65536;
/** `:x` and `:1` are parameters. */
export const ColonParameters = 131072;
/** A statement may begin without a `;` before it. */
export const BareStatements = 262144;
/** `X'1f'` and `B'01'` are strings. */
export const CodedStrings = 524288;
