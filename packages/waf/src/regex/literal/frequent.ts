import {
  ALTERNATE,
  CLASS,
  CONCAT,
  canBeEmptyWhere,
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

/** Whether a tree can match the empty string, wherever it is or at some place that every text has. */
const matchesEmpty = canBeEmptyWhere(EVERYWHERE);

/**
 * Whether nearly every text contains a match: the empty string is one, or a single common character. To look for such a
 * pattern is hardly worth it. A guess: no verdict depends on it.
 */
export function isFrequent(root: Node): boolean {
  return matchesEmpty(root) || matchesCommon(root);
}

/** Whether a tree can match a single common character wherever it is. */
function matchesCommon(node: Node): boolean {
  switch (node.type) {
    case CLASS:
      return COMMON.some((codePoint) => includes(node.set, codePoint));
    case CONCAT: {
      const needed = node.nodes.filter((item) => !matchesEmpty(item));
      if (needed.length > 1) return false;
      return (needed.length === 0 ? node.nodes : needed).some(matchesCommon);
    }
    case ALTERNATE:
      return node.nodes.some(matchesCommon);
    case REPEAT:
      return (node.min < 2 || matchesEmpty(node.node)) && matchesCommon(node.node);
    default:
      return false;
  }
}
