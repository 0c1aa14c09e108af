import { ALTERNATE, CONCAT, canBeEmpty, concat, EMPTY_NODE, type Node, REPEAT } from '../syntax/ast.ts';

const NO_ASSERTIONS = 0;

/**
 * The tree without what makes no difference to whether it matches somewhere: what can be empty at either end, and
 * repetitions there beyond the least. `\s*<a[^>]*>.*` becomes `<a[^>]*>`, and `x+y+` becomes `xy`. Left in, they would
 * stay under way in an automaton through the rest of a text, and multiply its states.
 */
export function trim(root: Node): Node {
  return trimEnd(trimEnd(root, 0), -1);
}

/** `end` is the place, as `at` takes it, of the end that is trimmed. */
function trimEnd(node: Node, end: 0 | -1): Node {
  if (canBeEmpty(node, NO_ASSERTIONS)) return EMPTY_NODE;
  switch (node.type) {
    case CONCAT: {
      const nodes = [...node.nodes];
      const take = () => (end === 0 ? nodes.shift() : nodes.pop())!;
      let outermost = take();
      while (canBeEmpty(outermost, NO_ASSERTIONS)) outermost = take();
      outermost = trimEnd(outermost, end);
      return concat(end === 0 ? [outermost, ...nodes] : [...nodes, outermost]);
    }
    case ALTERNATE:
      return { type: ALTERNATE, nodes: node.nodes.map((branch) => trimEnd(branch, end)) };
    case REPEAT:
      if (node.min === 1) return trimEnd(node.node, end);
      return node.min === node.max ? node : { ...node, max: node.min };
    default:
      return node;
  }
}
