/**
 * # From a pattern to a tree
 *
 * This is the first rung of the ladder: it reads RE2's syntax (https://github.com/google/re2/wiki/Syntax) and yields a
 * tree with six kinds of node. What remains of the pattern is only what an automaton needs:
 *
 *     (?i)^a+|[b-d]{2}   →   alternate( concat( look textStart, repeat(class {a A}, 1.., greedy) ),
 *                                       repeat(class {b-d B-D}, 2..2, greedy) )
 *
 * The syntax is regular expressions proper. Whatever a finite automaton cannot decide in one pass over the input, such
 * as look-around, back-references, atomic groups and possessive repetition, is refused with its position and reason.
 *
 * Where RE2 and JavaScript differ, RE2 is followed. The differences that surprise: `]` is a literal where it comes
 * first in a class; `$` without `m` is the very end of the text; `{`, where it begins no repetition, is a literal;
 * `\b` inside a class is an error; a repetition cannot follow another (`a**`); `\pN`, `\Q…\E`, `\A`, `\z`, `\x{10FFFF}`
 * and `[[:alpha:]]` exist; flags may change in the middle of a group, `(?i)` and `(?-s:…)`.
 *
 * Costs: one pass, no recursion. Groups are kept on a list, so a hostile nesting meets a limit and not the stack's end.
 */

import { EMPTY, type Node } from './ast.ts';
import { parseBracketClass, parseNamedClass } from './character-class.ts';
import { ANY, type CodePointSet, NEWLINE, negate } from './code-point-set.ts';
import { parseEscape } from './escape.ts';
import { foldCase } from './fold.ts';
import { DEFAULT_FLAGS, type Flags, parseGroupOpening } from './group.ts';
import { parseRepetition } from './repetition.ts';
import { Scanner } from './scanner.ts';

export interface ParseOptions {
  caseSensitive: boolean;
  nestingDepth: number;
  repetitionCount: number;
}

/** Throws `RegexSyntaxError`. */
export function parse(pattern: string, options: ParseOptions): Node {
  return new Parser(pattern, options).parse();
}

/** A group that is open: its finished alternatives, and the items of the one being read. */
interface OpenGroup {
  readonly alternatives: Node[];
  readonly openedAt: number;
  /** The flags to restore when the group closes. */
  readonly outerFlags: Flags;
  items: Node[];
}

const NOT_NEWLINE = negate(NEWLINE);

/** What a repetition can begin with. */
const REPETITIONS: ReadonlySet<string> = new Set('*+?{');

/** One node for each distinct literal of ASCII, with case and without, since patterns consist of them. */
const LITERALS: (Node | undefined)[] = [];
const ASCII = 128;

const TEXT_START: Node = { type: 'look', look: 'textStart' };
const TEXT_END: Node = { type: 'look', look: 'textEnd' };
const LINE_START: Node = { type: 'look', look: 'lineStart' };
const LINE_END: Node = { type: 'look', look: 'lineEnd' };

/** By the letter after the backslash. */
const ASSERTIONS: ReadonlyMap<string, Node> = new Map([
  ['A', TEXT_START],
  ['z', TEXT_END],
  ['b', { type: 'look', look: 'wordBoundary' }],
  ['B', { type: 'look', look: 'notWordBoundary' }],
]);

class Parser {
  readonly #scanner: Scanner;
  readonly #options: ParseOptions;
  readonly #outerGroups: OpenGroup[] = [];
  readonly #groupNames = new Set<string>();
  #group: OpenGroup;
  #flags: Flags;
  #lastWasRepetition = false;

  constructor(pattern: string, options: ParseOptions) {
    this.#scanner = new Scanner(pattern);
    this.#options = options;
    this.#flags = { ...DEFAULT_FLAGS, foldCase: !options.caseSensitive };
    this.#group = openGroup(0, this.#flags);
  }

  parse(): Node {
    const scanner: Scanner = this.#scanner;
    while (!scanner.done) {
      const isRepetition = this.#parseRepetition();
      if (!isRepetition) this.#parseItem();
      this.#lastWasRepetition = isRepetition;
    }
    if (this.#outerGroups.length > 0) scanner.fail('missing closing )', this.#group.openedAt);
    return closeGroup(this.#group);
  }

  #parseItem(): void {
    const scanner: Scanner = this.#scanner;
    switch (scanner.peek()) {
      case '(':
        this.#open();
        break;
      case ')':
        this.#close();
        break;
      case '|':
        this.#alternate();
        break;
      case '\\':
        if (scanner.accept('\\Q')) this.#parseQuoted();
        else this.#group.items.push(this.#parseBackslash());
        break;
      default:
        this.#group.items.push(this.#parseAtom());
    }
  }

  #parseAtom(): Node {
    const scanner: Scanner = this.#scanner;
    const { foldCase: fold, multiLine, dotAll } = this.#flags;
    switch (scanner.peek()) {
      case '[':
        return { type: 'class', set: parseBracketClass(scanner, fold) };
      case '.':
        scanner.position++;
        return { type: 'class', set: dotAll ? ANY : NOT_NEWLINE };
      case '^':
        scanner.position++;
        return multiLine ? LINE_START : TEXT_START;
      case '$':
        scanner.position++;
        return multiLine ? LINE_END : TEXT_END;
      default:
        return this.#literal(scanner.next());
    }
  }

  #parseBackslash(): Node {
    const scanner: Scanner = this.#scanner;
    const assertion = ASSERTIONS.get(scanner.peek(1));
    if (assertion !== undefined) {
      scanner.position += 2;
      return assertion;
    }
    const set = parseNamedClass(scanner, this.#flags.foldCase);
    return set === undefined ? this.#literal(parseEscape(scanner)) : { type: 'class', set };
  }

  /** Up to `\E` or the end; the cursor is past `\Q`. */
  #parseQuoted(): void {
    const scanner: Scanner = this.#scanner;
    while (!scanner.done && !scanner.accept('\\E')) this.#group.items.push(this.#literal(scanner.next()));
  }

  #alternate(): void {
    this.#scanner.position++;
    this.#group.alternatives.push(concat(this.#group.items));
    this.#group.items = [];
  }

  #open(): void {
    const at = this.#scanner.position;
    const opening = parseGroupOpening(this.#scanner, this.#flags);
    if (opening.kind === 'flags') {
      this.#flags = opening.flags;
      return;
    }
    if (opening.name !== undefined) {
      if (this.#groupNames.has(opening.name))
        this.#scanner.fail(`duplicate group name '${opening.name}'`, at);
      this.#groupNames.add(opening.name);
    }
    if (this.#outerGroups.length >= this.#options.nestingDepth) {
      this.#scanner.fail(`groups nest deeper than ${this.#options.nestingDepth}`, at);
    }
    this.#outerGroups.push(this.#group);
    this.#group = openGroup(at, this.#flags);
    this.#flags = opening.flags;
  }

  #close(): void {
    const outer = this.#outerGroups.pop();
    if (outer === undefined) this.#scanner.fail('unmatched )');
    const closed = this.#group;
    this.#scanner.position++;
    this.#group = outer;
    this.#flags = closed.outerFlags;
    this.#group.items.push(closeGroup(closed));
  }

  /** Wraps the last item if a repetition is next; says whether one was. */
  #parseRepetition(): boolean {
    const scanner: Scanner = this.#scanner;
    if (!REPETITIONS.has(scanner.peek())) return false;
    const at = scanner.position;
    const repetition = parseRepetition(scanner, this.#options.repetitionCount);
    if (repetition === undefined) return false;
    const spelled = scanner.pattern.slice(at, scanner.position);
    if (this.#lastWasRepetition) {
      scanner.fail(
        spelled.startsWith('+')
          ? 'possessive repetition is not supported: it cannot be matched in linear time'
          : `repetition '${spelled}' follows a repetition; put the first into a group`,
        at,
      );
    }
    const items = this.#group.items;
    const node = items.pop();
    if (node === undefined) scanner.fail(`nothing to repeat before '${spelled}'`, at);
    const greedy = repetition.lazy === this.#flags.swapGreed;
    items.push({ type: 'repeat', node, min: repetition.min, max: repetition.max, greedy });
    return true;
  }

  #literal(codePoint: number): Node {
    const fold = this.#flags.foldCase;
    if (codePoint >= ASCII) return literalNode(codePoint, fold);
    const key = fold ? ASCII + codePoint : codePoint;
    LITERALS[key] ??= literalNode(codePoint, fold);
    return LITERALS[key];
  }
}

function literalNode(codePoint: number, fold: boolean): Node {
  const single: CodePointSet = [codePoint, codePoint];
  return { type: 'class', set: fold ? foldCase(single) : single };
}

function openGroup(openedAt: number, outerFlags: Flags): OpenGroup {
  return { alternatives: [], items: [], openedAt, outerFlags };
}

function closeGroup(group: OpenGroup): Node {
  const last = concat(group.items);
  return group.alternatives.length === 0 ? last : { type: 'alternate', nodes: [...group.alternatives, last] };
}

function concat(nodes: readonly Node[]): Node {
  if (nodes.length === 0) return EMPTY;
  return nodes.length === 1 ? nodes[0]! : { type: 'concat', nodes };
}
