import { LazyDfa } from './dfa/lazy-dfa.ts';
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

/** Throws `RegexSyntaxError` if the pattern is malformed, not regular or over a limit. */
export function compileRegex(pattern: string, options: RegexOptions = {}): Regex {
  const limits = { ...REGEX_LIMITS, ...options.limits };
  const parsePattern = () => parse(pattern, { ...limits, caseSensitive: options.caseSensitive ?? true });
  const root = parsePattern();
  checkSize(pattern, root, limits.instructionsPerPattern);
  return new CompiledRegex(pattern, root, parsePattern, limits);
}

/**
 * The last rung picks the cheapest machine that answers: the literals rule most inputs out, the DFA the others, and only
 * for the bounds of a match is the input simulated. Each machine is built by the first search that needs it, since a
 * ruleset holds hundreds of patterns, of which a process meets few.
 */
class CompiledRegex implements Regex {
  readonly pattern: string;
  readonly isFrequent: boolean;
  readonly #parse: () => Node;
  readonly #limits: RegexLimits;
  #root: Node | undefined;
  #literals: readonly string[] | null | undefined;
  #program: Program | undefined;
  #dfa: LazyDfa | undefined;
  #pike: Pike | undefined;

  constructor(pattern: string, root: Node, parsePattern: () => Node, limits: RegexLimits) {
    this.pattern = pattern;
    this.isFrequent = isFrequent(root);
    this.#root = root;
    this.#parse = parsePattern;
    this.#limits = limits;
  }

  test(input: string): boolean {
    if (this.#literals === undefined) this.#literals = requiredLiterals(this.#root ?? this.#parse());
    if (this.#literals !== null && !containsAny(input, this.#literals)) return false;
    this.#dfa ??= new LazyDfa(this.#compiled(), this.#limits);
    return this.#dfa.matchesAny(input);
  }

  find(input: string): Match | null {
    this.#pike ??= new Pike(this.#compiled());
    return this.#pike.find(input);
  }

  *matches(input: string): Generator<Match> {
    this.#pike ??= new Pike(this.#compiled());
    let unread = REREADS * input.length;
    for (let from = 0; unread >= 0; ) {
      const match = this.#pike.find(input.slice(from));
      if (match === null || match.end === match.start) return;
      unread -= this.#pike.readTo;
      const end = from + match.end;
      yield { start: from + match.start, end };
      from = end;
    }
  }

  required(): CodePointSet | undefined {
    return requiredCharacters(this.#root ?? this.#parse());
  }

  takeTree(): Node {
    const root = this.#root ?? this.#parse();
    this.#root = undefined;
    return root;
  }

  #compiled(): Program {
    this.#program ??= compileProgram([this.takeTree()]);
    return this.#program;
  }
}
