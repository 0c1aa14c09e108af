/**
 * Regular expressions for untrusted input: RE2's syntax and semantics, in time linear in the input whatever the pattern
 * and whatever the input. A ladder of small machines, each usable and tested alone:
 *
 *     syntax/      pattern → tree                     parse
 *     nfa/         trees → automaton                  compileProgram
 *     simulation/  automaton × input, exactly         findMatch (where), Stepper (whether, one step at a time)
 *     dfa/         the same, remembered               LazyDfa
 *     literal/     what an input must hold to match   requiredLiterals
 *     regex.ts     picks among them                   compileRegex, compileRegexSet
 */
export { RegexSyntaxError } from './error.ts';
export { REGEX_LIMITS, REGEX_SET_LIMITS, type RegexLimits } from './limits.ts';
export { compileRegex, type Regex, type RegexOptions } from './regex.ts';
export { compileRegexSet, type RegexSet, type RegexSetPattern } from './regex-set.ts';
export type { Match } from './simulation/pike.ts';
