import { RegexSyntaxError } from '../error.ts';
import { ALTERNATE, CONCAT, type Node, REPEAT, UNBOUNDED } from '../syntax/ast.ts';

/**
 * Throws `RegexSyntaxError` for a tree that would take more instructions than the limit. Measured before anything is
 * built, so that nested counted repetitions cost nothing.
 */
export function checkSize(pattern: string, root: Node, limit: number): void {
  if (instructionCount(root) + 1 <= limit) return;
  const reason = `compiles to more than ${limit} instructions; shorten it or its counted repetitions`;
  throw new RegexSyntaxError(pattern, 0, reason);
}

/** At most how many instructions a tree takes. An empty node counts as one: its repetitions are work too. */
function instructionCount(node: Node): number {
  switch (node.type) {
    case CONCAT:
      return sum(node.nodes);
    case ALTERNATE:
      return sum(node.nodes) + node.nodes.length - 1;
    case REPEAT: {
      const body = instructionCount(node.node);
      if (node.max === UNBOUNDED) return Math.max(1, node.min) * body + 2;
      return node.max * body + (node.max - node.min);
    }
    default:
      return 1;
  }
}

function sum(nodes: readonly Node[]): number {
  return nodes.reduce((count, node) => count + instructionCount(node), 0);
}
