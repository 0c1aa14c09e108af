/** The kinds of tokens of a SQL statement: constants of a module, because a bundler puts those in the place of their names. */

export const Keyword = 1;
export const Identifier = 2;
export const NumberLiteral = 3;
export const SingleQuotedString = 4;
export const DoubleQuotedString = 5;
export const DollarQuotedString = 6;
/** Symbols and words that stand between two operands: `=`, `||`, `LIKE`, `OR`. */
export const BinaryOperator = 7;
export const BitwiseOperator = 8;
export const Asterisk = 9;
export const Comma = 10;
export const Dot = 11;
export const Semicolon = 12;
export const Placeholder = 13;
/** Colons, brackets, braces. */
export const Punctuation = 14;
export const LineComment = 15;
export const BlockComment = 16;
/** A character that the dialect has no use for. */
export const Unknown = 17;
