/**
 * Regular expressions for untrusted input: RE2's syntax and semantics, in time linear in the input whatever the pattern
 * and whatever the input. A ladder of small machines, each usable and tested alone:
 *
 *     syntax/      pattern → tree                     parse
 *     nfa/         trees → automaton                  compileProgram
 *     simulation/  automaton × input, exactly         Pike (where), Stepper (whether, one step at a time)
 *     dfa/         the same, remembered               LazyDfa
 *     literal/     what an input must hold to match   requiredLiterals, phrasesTree
 *     regex.ts     picks among them                   compileRegex, compileRegexSet
 */
export type { Findings } from './dfa/findings.ts';
export type { Interrupt, LazyDfaStatistics } from './dfa/lazy-dfa.ts';
export { RegexSyntaxError } from './error.ts';
export { REGEX_LIMITS, REGEX_SET_LIMITS, type RegexLimits } from './limits.ts';
export { phrasesTree } from './literal/phrases.ts';
export {
  anyOf,
  requiredInPhrases,
  withUpperCase,
} from './literal/required-characters.ts';
export { MAX_MARKS, SYMBOL_BITS } from './nfa/unit-table.ts';
export { compileRegex, type Regex, type RegexOptions, searchTree } from './regex.ts';
export {
  compileRegexSet,
  type RegexSet,
  type RegexSetPattern,
  regexSetOf,
  type Signs,
  type Test,
  type Wants,
} from './regex-set.ts';
export type { Match } from './simulation/pike.ts';
export { ALTERNATE, CLASS, classNode, type Node } from './syntax/ast.ts';
export type { CodePointSet } from './syntax/code-point-set.ts';
export { undoLowerCase } from './syntax/lower-case.ts';
export { parse } from './syntax/parse.ts';
