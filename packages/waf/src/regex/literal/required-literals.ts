/**
 * # What an input must hold
 *
 * Most patterns cannot match without some word: `union\s+select` without "union", `https?://` without "http". To look
 * for a word is much cheaper than to run an automaton, and most inputs lack it.
 *
 *     requiredLiterals(parse('(?:get|post)\\s+x', …))   // ['post', 'get']: any of them
 *
 * Words are ASCII in lower case and are looked for in the input in lower case, for patterns with case and without. That
 * lets some inputs through which then do not match, and holds none back that would.
 */
import { ALTERNATE, CLASS, CONCAT, type Node, REPEAT, type RepeatNode } from '../syntax/ast.ts';
import type { CodePointSet } from '../syntax/code-point-set.ts';

/** Looking for more words than this takes as long as the automaton. */
const MAX_LITERALS = 3;
/** Single characters are in nearly every input. */
const MIN_LENGTH = 2;
/** While they are put together, there may be more. */
const MAX_EXACT = 16;
const MAX_EXACT_LENGTH = 24;

interface Literals {
  /** All strings that the node can match, if they are few. */
  readonly exact?: Strings;
  /** Strings of which every match of the node contains at least one, if it isn't known exactly. */
  readonly required?: Strings;
}

type Strings = readonly string[] | undefined;

const EMPTY_STRING: Literals = { exact: [''] };

/** Returns strings of which every matching input, in lower case, contains at least one; null if none are worth it. */
export function requiredLiterals(root: Node): readonly string[] | null {
  const literals = bestOf(literalsOf(root));
  return literals && literals.length <= MAX_LITERALS && shortest(literals) >= MIN_LENGTH ? literals : null;
}

/** On the request path. */
export function containsAny(input: string, literals: readonly string[]): boolean {
  const lowered = lowerCase(input);
  for (const literal of literals) {
    if (lowered.includes(literal)) return true;
  }
  return false;
}

let lastInput = '';
let lastLowered = '';

/** A ruleset asks about the same input many times over. The long s folds to `s`, but is in lower case already. */
function lowerCase(input: string): string {
  if (input !== lastInput) {
    lastLowered = input.toLowerCase().replaceAll('ſ', 's');
    lastInput = input;
  }
  return lastLowered;
}

function literalsOf(node: Node): Literals {
  switch (node.type) {
    case CLASS:
      return { exact: charactersOf(node.set) };
    case CONCAT:
      return concatLiterals(node.nodes);
    case ALTERNATE:
      return alternateLiterals(node.nodes);
    case REPEAT:
      return repeatLiterals(node);
    default:
      return EMPTY_STRING;
  }
}

/** The members in lower case, if all of them fold to ASCII and they are few. */
function charactersOf(set: CodePointSet): Strings {
  const characters = new Set<string>();
  for (let i = 0; i < set.length; i += 2) {
    if (set[i + 1]! - set[i]! >= MAX_EXACT) return undefined;
    for (let codePoint = set[i]!; codePoint <= set[i + 1]!; codePoint++) {
      const lowered = lowerCase(String.fromCodePoint(codePoint));
      if (lowered.length !== 1 || lowered > '\x7f') return undefined;
      characters.add(lowered);
    }
  }
  return characters.size <= MAX_EXACT ? [...characters] : undefined;
}

/** Runs of exact items are put together; the best run or the best of an item's own is required. */
function concatLiterals(nodes: readonly Node[]): Literals {
  let run: readonly string[] = [''];
  let isWhole = true;
  let best: Strings;
  for (const node of nodes) {
    const { exact, required } = literalsOf(node);
    const longer = exact && join(run, exact);
    if (longer) {
      run = longer;
      continue;
    }
    best = better(better(best, run), required);
    run = exact ?? [''];
    isWhole = false;
  }
  return isWhole ? { exact: run } : { required: better(best, run) };
}

function alternateLiterals(nodes: readonly Node[]): Literals {
  const branches = nodes.map(literalsOf);
  const exact = union(branches.map((branch) => branch.exact));
  return exact ? { exact } : { required: union(branches.map(bestOf)) };
}

function repeatLiterals({ node, min, max }: RepeatNode): Literals {
  if (max === 0) return EMPTY_STRING;
  const body = literalsOf(node);
  if (min === 0) return max === 1 ? { exact: union([body.exact, ['']]) } : {};
  return min === 1 && max === 1 ? body : { required: bestOf(body) };
}

function bestOf({ exact, required }: Literals): Strings {
  return better(exact, required);
}

/** The more selective of two: the longer its shortest string, then the fewer strings. Of empty ones, none. */
function better(a: Strings, b: Strings): Strings {
  const lengthOfA = a ? shortest(a) : 0;
  const lengthOfB = b ? shortest(b) : 0;
  if (lengthOfA === 0) return lengthOfB === 0 ? undefined : b;
  if (lengthOfA !== lengthOfB) return lengthOfA > lengthOfB ? a : b;
  return a!.length <= b!.length ? a : b;
}

function shortest(strings: readonly string[]): number {
  return Math.min(...strings.map((string) => string.length));
}

function join(heads: readonly string[], tails: readonly string[]): Strings {
  if (heads.length * tails.length > MAX_EXACT) return undefined;
  const joined = heads.flatMap((head) => tails.map((tail) => head + tail));
  return joined.some((string) => string.length > MAX_EXACT_LENGTH) ? undefined : [...new Set(joined)];
}

function union(sets: readonly Strings[]): Strings {
  const strings = new Set<string>();
  for (const set of sets) {
    if (!set) return undefined;
    for (const string of set) strings.add(string);
    if (strings.size > MAX_EXACT) return undefined;
  }
  return [...strings];
}
