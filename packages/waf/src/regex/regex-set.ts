import { Findings } from './dfa/findings.ts';
import { type Interrupt, type LazyDfa, type LazyDfaStatistics, lazyDfa } from './dfa/lazy-dfa.ts';
import { REGEX_LIMITS, REGEX_SET_LIMITS, type RegexLimits } from './limits.ts';
import { trim } from './literal/trim.ts';
import { compileProgram } from './nfa/compile.ts';
import { checkSize } from './nfa/size.ts';
import type { Node } from './syntax/ast.ts';
import type { CodePointSet } from './syntax/code-point-set.ts';
import { parse } from './syntax/parse.ts';

export interface RegexSetPattern {
  pattern: string;
  /** Default true. */
  caseSensitive?: boolean;
}

/** Patterns compiled into one automaton, which reads an input once for all of them. */
export interface RegexSet {
  /** Indices of the patterns that match anywhere in the input, ascending. */
  matches(input: string): number[];
  /**
   * The patterns that match anywhere in the input, and the signs that it shows. Patterns that the caller does not want
   * to know of may be missing. The result is overwritten by the next scan. On the request path.
   */
  scan(input: string, interrupt?: Interrupt, wants?: Wants): Readonly<Findings>;
  /** What the last scan found. */
  readonly found: Readonly<Findings>;
  /** Builds the automaton, if no scan has yet. */
  prepare(): void;
  readonly statistics: LazyDfaStatistics;
}

/** Limits default to `REGEX_SET_LIMITS`. Throws `RegexSyntaxError` for the first pattern that does not compile. */
export function compileRegexSet(
  patterns: readonly RegexSetPattern[],
  limits: Partial<RegexLimits> = {},
): RegexSet {
  const allLimits = { ...REGEX_SET_LIMITS, ...limits };
  const roots = patterns.map(({ pattern, caseSensitive = true }) => {
    const root = parse(pattern, { ...allLimits, caseSensitive });
    checkSize(pattern, root, allLimits.instructionsPerPattern);
    return root;
  });
  return regexSetOf(roots.length, () => roots, { limits: allLimits });
}

/** What is looked for beside the patterns, not to be listed but to be known of: a bit each in `Findings.signs`. */
export interface Signs {
  /** Sets of characters, at most MAX_MARKS, of which the input has some: bit `SYMBOL_BITS` and those above. */
  readonly marked: readonly CodePointSet[];
  /** Expressions, at most SYMBOL_BITS, that match: bit 0 and those above. */
  readonly expressions: readonly Node[];
}

const NO_SIGNS: Signs = { marked: [], expressions: [] };

export interface RegexSetOptions {
  signs?: Signs;
  limits?: RegexLimits;
  /**
   * Tests of the patterns one at a time, which take over where a text makes the automaton of all too large: each alone
   * has few states, and most need not run for lack of some word. Without them such a text is simulated.
   */
  alone?: readonly Test[];
}

export type Test = (input: string) => boolean;

/** Whether a caller wants to know of a pattern. */
export type Wants = (pattern: number) => boolean;

/**
 * A set of `size` patterns that are parsed and checked already. Their trees are asked for when the automaton is built,
 * which is when it is first used, and are not kept.
 */
export function regexSetOf(
  size: number,
  trees: () => readonly Node[],
  { signs = NO_SIGNS, limits = REGEX_SET_LIMITS, alone }: RegexSetOptions = {},
): RegexSet {
  const found = new Findings(size);
  let dfa: LazyDfa | undefined;
  let signTests: readonly Test[] | undefined;
  const automaton = () => {
    dfa ??= lazyDfa(compileProgram([...trees(), ...signs.expressions].map(trim), signs.marked), limits);
    return dfa;
  };

  function scan(input: string, interrupt?: Interrupt, wants?: Wants): Readonly<Findings> {
    (dfa ?? automaton()).collect(input, found, interrupt, alone !== undefined);
    if (found.unfinished) testAlone(input, alone!, interrupt, wants);
    return found;
  }

  function testAlone(input: string, tests: readonly Test[], interrupt?: Interrupt, wants?: Wants): void {
    signTests ??= signs.expressions.map(testOf);
    for (const [sign, test] of signTests.entries()) {
      if (test(input)) found.add(tests.length + sign);
    }
    for (const [pattern, test] of tests.entries()) {
      if (wants?.(pattern) === false || found.has(pattern)) continue;
      if (interrupt?.expiredNow() === true) {
        found.interrupted = true;
        return;
      }
      if (test(input)) found.add(pattern);
    }
    found.unfinished = false;
  }

  return {
    found,
    get statistics() {
      return automaton().statistics;
    },
    prepare: automaton,
    scan,
    matches(input) {
      const { patterns, count } = scan(input);
      return [...patterns.subarray(0, count)].sort((a, b) => a - b);
    },
  };
}

function testOf(root: Node): Test {
  return lazyDfa(compileProgram([trim(root)]), REGEX_LIMITS).matchesAny;
}
