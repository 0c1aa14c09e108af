import { LazyDfa } from './dfa/lazy-dfa.ts';
import { REGEX_LIMITS, type RegexLimits } from './limits.ts';
import { compileProgram } from './nfa/compile.ts';
import type { Program } from './nfa/program.ts';
import { findMatch, type Match } from './simulation/pike.ts';
import { parse } from './syntax/parse.ts';

export interface RegexOptions {
  /** Default true. `(?i)` and `(?-i)` in the pattern override it. */
  caseSensitive?: boolean;
  /** Default `REGEX_LIMITS`. */
  limits?: Partial<RegexLimits>;
}

/** A compiled pattern. Searching never throws, takes time linear in the input and keeps a bounded cache. */
export interface Regex {
  readonly pattern: string;
  /** Whether the pattern matches anywhere in the input. */
  test(input: string): boolean;
  /** The leftmost match, and among those that begin there the first in order of preference, as RE2 and Perl. */
  find(input: string): Match | null;
}

/** Throws `RegexSyntaxError` if the pattern is malformed, not regular or over a limit. */
export function compileRegex(pattern: string, options: RegexOptions = {}): Regex {
  const limits = { ...REGEX_LIMITS, ...options.limits };
  const root = parse(pattern, { ...limits, caseSensitive: options.caseSensitive ?? true });
  const program = compileProgram([{ pattern, root }], limits.instructionsPerPattern);
  return new CompiledRegex(pattern, program, limits);
}

class CompiledRegex implements Regex {
  readonly pattern: string;
  readonly #program: Program;
  readonly #limits: RegexLimits;
  /** Made by the first search: most patterns of a ruleset never see an input that their prefilter lets through. */
  #dfa: LazyDfa | undefined;

  constructor(pattern: string, program: Program, limits: RegexLimits) {
    this.pattern = pattern;
    this.#program = program;
    this.#limits = limits;
  }

  test(input: string): boolean {
    this.#dfa ??= new LazyDfa(this.#program, this.#limits);
    return this.#dfa.matchesAny(input);
  }

  find(input: string): Match | null {
    return this.test(input) ? findMatch(this.#program, input) : null;
  }
}
