import { type LazyDfa, lazyDfa } from './dfa/lazy-dfa.ts';
import { REGEX_LIMITS, type RegexLimits } from './limits.ts';
import { isFrequent } from './literal/frequent.ts';
import { requiredCharacters } from './literal/required-characters.ts';
import { containsAny, requiredLiterals } from './literal/required-literals.ts';
import { compileProgram } from './nfa/compile.ts';
import type { Program } from './nfa/program.ts';
import { checkSize } from './nfa/size.ts';
import { type Match, Pike } from './simulation/pike.ts';
import type { Node } from './syntax/ast.ts';
import type { CodePointSet } from './syntax/code-point-set.ts';
import { parse } from './syntax/parse.ts';

export interface RegexOptions {
  /** Default true. `(?i)` and `(?-i)` in the pattern override it. */
  caseSensitive?: boolean;
  /** Default `REGEX_LIMITS`. */
  limits?: Partial<RegexLimits>;
}

/** How often `matches` reads a character, on average, before it gives up. */
const REREADS = 32;

/** A compiled pattern. Searching never throws, takes time linear in the input and keeps a bounded cache. */
export interface Regex {
  readonly pattern: string;
  /** Whether the pattern matches anywhere in the input. */
  test(input: string): boolean;
  /** The leftmost match, and among those that begin there the first in order of preference, as RE2 and Perl. */
  find(input: string): Match | null;
  /**
   * Matches one after the other: each is looked for in what the last one leaves, as in a text of its own, until there is
   * none or an empty one. To stay linear it also ends once it has read `REREADS` times as much as the input holds; only
   * expressions that must look far ahead to tell where a match ends, such as `a(?:.*b)?`, come to that.
   */
  matches(input: string): Iterable<Match>;
  /** Whether it matches nearly every input, since a common character is enough or none is needed. */
  readonly isFrequent: boolean;
  /** Rare characters of which every match has at least one, if there are such. */
  required(): CodePointSet | undefined;
  /** The tree, for a set. It is kept from parsing for the first who asks; later it is parsed again. */
  takeTree(): Node;
}

/**
 * Throws `RegexSyntaxError` if the pattern is malformed, not regular or over a limit.
 *
 * The last rung picks the cheapest machine that answers: the literals rule most inputs out, the DFA the others, and only
 * for the bounds of a match is the input simulated. Each machine is built by the first search that needs it, since a
 * ruleset holds hundreds of patterns, of which a process meets few.
 */
export function compileRegex(pattern: string, options: RegexOptions = {}): Regex {
  const limits = { ...REGEX_LIMITS, ...options.limits };
  let root: Node | undefined;
  let literals: readonly string[] | null | undefined;

  const tree = () => root ?? parse(pattern, { ...limits, caseSensitive: options.caseSensitive ?? true });
  const takeTree = () => {
    const taken = tree();
    root = undefined;
    return taken;
  };
  const { test, simulated } = machines(takeTree, limits);

  root = tree();
  checkSize(pattern, root, limits.instructionsPerPattern);
  return {
    pattern,
    isFrequent: isFrequent(root),
    test(input) {
      if (literals === undefined) literals = requiredLiterals(tree());
      if (literals !== null && !containsAny(input, literals)) return false;
      return test(input);
    },
    find: (input) => simulated().find(input),
    *matches(input) {
      const search = simulated();
      let unread = REREADS * input.length;
      for (let from = 0; unread >= 0; ) {
        const match = search.find(input.slice(from));
        if (match === null || match.end === match.start) return;
        unread -= search.readTo;
        const end = from + match.end;
        yield { start: from + match.start, end };
        from = end;
      }
    },
    required: () => requiredCharacters(tree()),
    takeTree,
  };
}

/** What looks for a tree, built by the first search: whether it matches, and where. */
export function searchTree(tree: () => Node): Pick<Regex, 'test' | 'find'> {
  const { test, simulated } = machines(tree, REGEX_LIMITS);
  return { test, find: (input) => simulated().find(input) };
}

function machines(tree: () => Node, limits: Readonly<RegexLimits>) {
  let program: Program | undefined;
  let dfa: LazyDfa | undefined;
  let simulation: Pike | undefined;
  const compiled = () => {
    program ??= compileProgram([tree()]);
    return program;
  };
  return {
    test(input: string): boolean {
      dfa ??= lazyDfa(compiled(), limits);
      return dfa.matchesAny(input);
    },
    simulated(): Pike {
      simulation ??= new Pike(compiled());
      return simulation;
    },
  };
}
