import { RegexSyntaxError } from '../error.ts';
import type { Node } from '../syntax/ast.ts';

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
    case 'concat':
      return sum(node.nodes);
    case 'alternate':
      return sum(node.nodes) + node.nodes.length - 1;
    case 'repeat': {
      const body = instructionCount(node.node);
      if (node.max === Number.POSITIVE_INFINITY) return Math.max(1, node.min) * body + 2;
      return node.max * body + (node.max - node.min);
    }
    default:
      return 1;
  }
}

function sum(nodes: readonly Node[]): number {
  let count = 0;
  for (let i = 0; i < nodes.length; i++) count += instructionCount(nodes[i]!);
  return count;
}
