import { ALTERNATE, CLASS, CONCAT, classNode, type Node, REPEAT } from './ast.ts';
import { addOtherCase, addRange, type CodePointSet, LOWER_A, normalize, UPPER_A } from './code-point-set.ts';

/**
 * The tree that matches a text just where `root` matches the same text with its ASCII letters in lower case: so texts
 * need not be lower-cased to be searched. Assertions see no difference. Returns the very tree if that one does already,
 * as trees that don't care for case do.
 */
export function undoLowerCase(root: Node): Node {
  const known = new Map<Node, Node>();
  const undo = (node: Node): Node => {
    if (node.type !== CLASS) return undoOne(node, undo);
    let undone = known.get(node);
    if (!undone) {
      undone = undoOne(node, undo);
      known.set(node, undone);
    }
    return undone;
  };
  return undo(root);
}

function undoOne(node: Node, undo: (node: Node) => Node): Node {
  switch (node.type) {
    case CLASS: {
      const set = undoSet(node.set);
      return set === node.set ? node : classNode(set);
    }
    case CONCAT:
    case ALTERNATE: {
      const nodes = node.nodes.map(undo);
      return nodes.every((item, index) => item === node.nodes[index]) ? node : { ...node, nodes };
    }
    case REPEAT: {
      const body = undo(node.node);
      return body === node.node ? node : { ...node, node: body };
    }
    default:
      return node;
  }
}

/** Characters that are in the set once they are in lower case. */
function undoSet(set: CodePointSet): CodePointSet {
  const ranges: number[] = [];
  for (let i = 0; i < set.length; i += 2) {
    const lo = set[i]!;
    const hi = set[i + 1]!;
    addRange(ranges, lo, Math.min(hi, UPPER_A - 1));
    addRange(ranges, Math.max(lo, UPPER_A + 26), hi);
    addOtherCase(ranges, lo, hi, LOWER_A);
  }
  const undone = normalize(ranges);
  return undone.length === set.length && undone.every((bound, index) => bound === set[index]) ? set : undone;
}
