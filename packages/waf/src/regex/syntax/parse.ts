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
import {
  ALTERNATE,
  classNode,
  concat,
  LINE_END,
  LINE_START,
  LOOK,
  NOT_WORD_BOUNDARY,
  type Node,
  REPEAT,
  TEXT_END,
  TEXT_START,
  WORD_BOUNDARY,
} from './ast.ts';
import { parseBracketClass, parseNamedClass } from './character-class.ts';
import { ANY, type CodePointSet, NEWLINE, negate } from './code-point-set.ts';
import { parseEscape } from './escape.ts';
import { foldCase } from './fold.ts';
import { DOT_ALL, FOLD_CASE, MULTI_LINE, parseGroupOpening, SWAP_GREED } from './group.ts';
import { parseRepetition } from './repetition.ts';
import { accept, fail, isDone, next, peek, refuse, type Scanner } from './scanner.ts';

export interface ParseOptions {
  caseSensitive: boolean;
  nestingDepth: number;
  repetitionCount: number;
}

/** A group that is open: its finished alternatives, and the items of the one being read. */
interface OpenGroup {
  readonly alternatives: Node[];
  readonly openedAt: number;
  /** The flags to restore when the group closes. */
  readonly outerFlags: number;
  items: Node[];
}

const NOT_NEWLINE = negate(NEWLINE);

/** What a repetition can begin with. */
const REPETITIONS: ReadonlySet<string> = new Set('*+?{');

/** One node for each distinct literal of ASCII, with case and without, since patterns consist of them. */
const LITERALS: Node[] = [];
const ASCII = 128;

/** By the letter after the backslash. */
const ASSERTIONS: Readonly<Record<string, number>> = {
  A: TEXT_START,
  z: TEXT_END,
  b: WORD_BOUNDARY,
  B: NOT_WORD_BOUNDARY,
};

/** Throws `RegexSyntaxError`. */
export function parse(pattern: string, options: ParseOptions): Node {
  const scanner: Scanner = { pattern, at: 0 };
  const outerGroups: OpenGroup[] = [];
  const groupNames = new Set<string>();
  let flags = options.caseSensitive ? 0 : FOLD_CASE;
  let group = openGroup(0, flags);
  let lastWasRepetition = false;

  while (!isDone(scanner)) {
    const isRepetition = readRepetition();
    if (!isRepetition) readItem();
    lastWasRepetition = isRepetition;
  }
  if (outerGroups.length > 0) fail(scanner, 'missing closing )', group.openedAt);
  return closeGroup(group);

  function readItem(): void {
    switch (peek(scanner)) {
      case '(':
        open();
        break;
      case ')':
        close();
        break;
      case '|':
        scanner.at++;
        group.alternatives.push(concat(group.items));
        group.items = [];
        break;
      case '\\':
        if (accept(scanner, '\\Q')) {
          while (!isDone(scanner) && !accept(scanner, '\\E')) group.items.push(literal(next(scanner)));
          break;
        }
        group.items.push(readBackslash());
        break;
      default:
        group.items.push(readAtom());
    }
  }

  function readAtom(): Node {
    const character = peek(scanner);
    if (character === '[') return classNode(parseBracketClass(scanner, hasFlag(FOLD_CASE)));
    const codePoint = next(scanner);
    switch (character) {
      case '.':
        return classNode(hasFlag(DOT_ALL) ? ANY : NOT_NEWLINE);
      case '^':
        return { type: LOOK, look: hasFlag(MULTI_LINE) ? LINE_START : TEXT_START };
      case '$':
        return { type: LOOK, look: hasFlag(MULTI_LINE) ? LINE_END : TEXT_END };
      default:
        return literal(codePoint);
    }
  }

  function readBackslash(): Node {
    const look = ASSERTIONS[peek(scanner, 1)];
    if (look !== undefined) {
      scanner.at += 2;
      return { type: LOOK, look };
    }
    const set = parseNamedClass(scanner, hasFlag(FOLD_CASE));
    return set ? classNode(set) : literal(parseEscape(scanner));
  }

  function open(): void {
    const { at } = scanner;
    const { opens, flags: flagsInside, name } = parseGroupOpening(scanner, flags);
    if (opens) {
      if (name !== undefined) {
        if (groupNames.has(name)) fail(scanner, `duplicate group name '${name}'`, at);
        groupNames.add(name);
      }
      if (outerGroups.length >= options.nestingDepth) {
        fail(scanner, `groups nest deeper than ${options.nestingDepth}`, at);
      }
      outerGroups.push(group);
      group = openGroup(at, flags);
    }
    flags = flagsInside;
  }

  function close(): void {
    const outer = outerGroups.pop();
    if (!outer) fail(scanner, 'unmatched )');
    scanner.at++;
    flags = group.outerFlags;
    outer.items.push(closeGroup(group));
    group = outer;
  }

  /** Wraps the last item if a repetition is next; says whether one was. */
  function readRepetition(): boolean {
    if (!REPETITIONS.has(peek(scanner))) return false;
    const { at } = scanner;
    const repetition = parseRepetition(scanner, options.repetitionCount);
    if (!repetition) return false;
    const { min, max, lazy } = repetition;
    const spelled = pattern.slice(at, scanner.at);
    if (lastWasRepetition) {
      if (spelled.startsWith('+')) refuse(scanner, 'possessive repetition', at);
      fail(scanner, `repetition '${spelled}' follows a repetition; put the first into a group`, at);
    }
    const node = group.items.pop();
    if (!node) fail(scanner, `nothing to repeat before '${spelled}'`, at);
    group.items.push({ type: REPEAT, node, min, max, greedy: lazy === hasFlag(SWAP_GREED) });
    return true;
  }

  function literal(codePoint: number): Node {
    const fold = hasFlag(FOLD_CASE);
    if (codePoint >= ASCII) return literalNode(codePoint, fold);
    const key = fold ? ASCII + codePoint : codePoint;
    LITERALS[key] ??= literalNode(codePoint, fold);
    return LITERALS[key];
  }

  function hasFlag(flag: number): boolean {
    return (flags & flag) !== 0;
  }
}

function literalNode(codePoint: number, fold: boolean): Node {
  const single: CodePointSet = [codePoint, codePoint];
  return classNode(fold ? foldCase(single) : single);
}

function openGroup(openedAt: number, outerFlags: number): OpenGroup {
  return { alternatives: [], items: [], openedAt, outerFlags };
}

function closeGroup({ alternatives, items }: OpenGroup): Node {
  const last = concat(items);
  return alternatives.length === 0 ? last : { type: ALTERNATE, nodes: [...alternatives, last] };
}
