import { EMPTY, type Node } from '../syntax/ast.ts';

/**
 * The tree without what makes no difference to whether it matches somewhere: what can be empty at either end, and
 * repetitions there beyond the least. `\s*<a[^>]*>.*` becomes `<a[^>]*>`, and `x+y+` becomes `xy`. Left in, they would
 * stay under way in an automaton through the rest of a text, and multiply its states.
 */
export function trim(root: Node): Node {
  return trimEnd(trimEnd(root, 'first'), 'last');
}

function trimEnd(node: Node, end: 'first' | 'last'): Node {
  if (canBeEmpty(node)) return EMPTY;
  switch (node.type) {
    case 'concat': {
      const nodes = [...node.nodes];
      while (canBeEmpty(nodes.at(end === 'first' ? 0 : -1)!)) {
        if (end === 'first') nodes.shift();
        else nodes.pop();
      }
      const at = end === 'first' ? 0 : nodes.length - 1;
      nodes[at] = trimEnd(nodes[at]!, end);
      return nodes.length === 1 ? nodes[0]! : { type: 'concat', nodes };
    }
    case 'alternate':
      return { type: 'alternate', nodes: node.nodes.map((branch) => trimEnd(branch, end)) };
    case 'repeat':
      if (node.min === 1) return trimEnd(node.node, end);
      return node.min === node.max ? node : { ...node, max: node.min };
    default:
      return node;
  }
}

/** Whether a tree can match the empty string wherever it is. */
export function canBeEmpty(node: Node): boolean {
  switch (node.type) {
    case 'empty':
      return true;
    case 'concat':
      return node.nodes.every(canBeEmpty);
    case 'alternate':
      return node.nodes.some(canBeEmpty);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.node);
    default:
      return false;
  }
}
