import type { Node } from '../../lib/waterfall.ts';

/** What a key does in the tree: goes to a row, or folds or unfolds the one it is on. */
export type TreeMove = { kind: 'go' | 'fold' | 'unfold'; node: Node };

/**
 * The move of a key (`event.key`), as WAI-ARIA's tree pattern has it, with `j` and `k` for down and up. `rows` are those
 * that are not folded away, `pageRows` as many as one sees. Undefined where the key does nothing.
 */
export function treeMove(
  key: string,
  rows: readonly Node[],
  position: number,
  folded: ReadonlySet<number>,
  pageRows: number,
): TreeMove | undefined {
  const node = rows[position];
  if (node === undefined) return undefined;
  const isParent = node.children.length > 0;
  const isOpen = isParent && !folded.has(node.index);
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return go(rows[position + 1]);
    case 'ArrowUp':
    case 'k':
      return go(rows[position - 1]);
    case 'Home':
      return go(rows[0]);
    case 'End':
      return go(rows.at(-1));
    case 'PageDown':
      return go(rows[Math.min(rows.length - 1, position + pageRows)]);
    case 'PageUp':
      return go(rows[Math.max(0, position - pageRows)]);
    case 'ArrowRight':
      return isParent && !isOpen ? { kind: 'unfold', node } : go(node.children[0]);
    case 'ArrowLeft':
      return isOpen ? { kind: 'fold', node } : go(node.parent);
    default:
      return undefined;
  }
}

const go = (node: Node | undefined): TreeMove | undefined => node && { kind: 'go', node };
