import { ALTERNATE, CONCAT, canBeEmptyWhere, concat, EMPTY_NODE, type Node, REPEAT } from '../syntax/ast.ts';

/** Wherever it is, so that no assertion is known to hold. */
const canBeEmpty = canBeEmptyWhere(0);

/**
 * The tree without what makes no difference to whether it matches somewhere: what can be empty at either end, and
 * repetitions there beyond the least. `\s*<a[^>]*>.*` becomes `<a[^>]*>`, and `x+y+` becomes `xy`. Left in, they would
 * stay under way in an automaton through the rest of a text, and multiply its states.
 */
export function trim(root: Node): Node {
  return trimEnd(trimEnd(root, true), false);
}

/** Trims the beginning, or else the end. */
function trimEnd(node: Node, isBeginning: boolean): Node {
  if (canBeEmpty(node)) return EMPTY_NODE;
  switch (node.type) {
    case CONCAT: {
      let first = 0;
      let last = node.nodes.length - 1;
      if (isBeginning) while (canBeEmpty(node.nodes[first]!)) first++;
      else while (canBeEmpty(node.nodes[last]!)) last--;
      const nodes = node.nodes.slice(first, last + 1);
      const at = isBeginning ? 0 : nodes.length - 1;
      nodes[at] = trimEnd(nodes[at]!, isBeginning);
      return concat(nodes);
    }
    case ALTERNATE:
      return { type: ALTERNATE, nodes: node.nodes.map((branch) => trimEnd(branch, isBeginning)) };
    case REPEAT:
      if (node.min === 1) return trimEnd(node.node, isBeginning);
      return node.min === node.max ? node : { ...node, max: node.min };
    default:
      return node;
  }
}
