/**
 * What is open in a command line, as constants of a module, because a bundler puts those in the place of their names. What
 * is expanded as in double quotes goes by the code unit that closes it.
 */

export const Line = 0;
/** `"…"`, of more than one part. */
export const DoubleQuoted = 0x22;
/** `${…}`, of more than one part. */
export const Parameter = 0x7d;
/** `` `…` ``. */
export const Backtick = 1;
/** `$(…)`, `<(…)`, `>(…)`, `(…)` and the array `x=(…)`. */
export const Parentheses = 2;
/** `{ …; }`. */
export const Group = 3;
/** `((…))` and `$((…))`. */
export const Arithmetic = 4;
/** `$[…]`. */
export const LegacyArithmetic = 5;
