import {
  ALTERNATE,
  CLASS,
  CONCAT,
  canBeEmpty,
  LINE_START,
  type Node,
  REPEAT,
  TEXT_START,
  WORD_BOUNDARY,
} from '../syntax/ast.ts';
import { includes } from '../syntax/code-point-set.ts';

/** Nearly every text has one of these. */
const COMMON = [...' etaoin1.'].map((character) => character.charCodeAt(0));

/** Assertions that hold somewhere in nearly every text and say nothing of what follows. */
const EVERYWHERE = (1 << TEXT_START) | (1 << LINE_START) | (1 << WORD_BOUNDARY);

/**
 * Whether nearly every text contains a match: the empty string is one, or a single common character. To look for such a
 * pattern is hardly worth it. A guess: no verdict depends on it.
 */
export function isFrequent(root: Node): boolean {
  return matchesEmpty(root) || COMMON.some((codePoint) => matchesSingle(root, codePoint));
}

/** Whether a tree can match the empty string, wherever it is or at some place that every text has. */
function matchesEmpty(node: Node): boolean {
  return canBeEmpty(node, EVERYWHERE);
}

/** Whether a tree can match a code point wherever it is. */
function matchesSingle(node: Node, codePoint: number): boolean {
  switch (node.type) {
    case CLASS:
      return includes(node.set, codePoint);
    case CONCAT: {
      const needed = node.nodes.filter((item) => !matchesEmpty(item));
      if (needed.length > 1) return false;
      return (needed.length === 0 ? node.nodes : needed).some((item) => matchesSingle(item, codePoint));
    }
    case ALTERNATE:
      return node.nodes.some((item) => matchesSingle(item, codePoint));
    case REPEAT:
      return (node.min < 2 || matchesEmpty(node.node)) && matchesSingle(node.node, codePoint);
    default:
      return false;
  }
}
