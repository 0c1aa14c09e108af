import type { Node } from './ast.ts';
import { type CodePointSet, normalize } from './code-point-set.ts';

const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const TO_LOWER = 0x20;

/**
 * The tree that matches a text just where `root` matches the same text with its ASCII letters in lower case: so texts
 * need not be lower-cased to be searched. Assertions see no difference. Returns the very tree if that one does already,
 * as trees that don't care for case do.
 */
export function undoLowerCase(root: Node): Node {
  const known = new Map<Node, Node>();
  const undo = (node: Node): Node => {
    if (node.type !== 'class') return undoOne(node, undo);
    let undone = known.get(node);
    if (undone === undefined) {
      undone = undoOne(node, undo);
      known.set(node, undone);
    }
    return undone;
  };
  return undo(root);
}

function undoOne(node: Node, undo: (node: Node) => Node): Node {
  switch (node.type) {
    case 'class': {
      const set = undoSet(node.set);
      return set === node.set ? node : { type: 'class', set };
    }
    case 'concat':
    case 'alternate': {
      const nodes = node.nodes.map(undo);
      return nodes.every((item, index) => item === node.nodes[index]) ? node : { ...node, nodes };
    }
    case 'repeat': {
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
    add(lo, Math.min(hi, UPPER_A - 1), ranges);
    add(Math.max(lo, UPPER_Z + 1), hi, ranges);
    const lower = [Math.max(lo, UPPER_A + TO_LOWER), Math.min(hi, UPPER_Z + TO_LOWER)] as const;
    add(lower[0] - TO_LOWER, lower[1] - TO_LOWER, ranges);
  }
  const undone = normalize(ranges);
  return undone.length === set.length && undone.every((bound, index) => bound === set[index]) ? set : undone;
}

function add(lo: number, hi: number, ranges: number[]): void {
  if (lo <= hi) ranges.push(lo, hi);
}
