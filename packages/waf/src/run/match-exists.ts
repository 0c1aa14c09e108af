import type { KeyPath } from '../types.ts';
import { type ConditionMatch, type Evaluation, matchOf } from './evaluation.ts';
import { childAt } from './key-path.ts';
import type { ExistsCondition } from './program.ts';
import { ARRAY, type TreeNode } from './tree.ts';

/** Matches if one of the targets is there, or with `!exists` if it isn't but its address is. */
export function matchExists(
  { targets, negated }: ExistsCondition,
  evaluation: Evaluation,
): ConditionMatch | undefined {
  for (const { address, keyPath } of targets) {
    const value = evaluation.value(address);
    if (!value) continue;
    if (isThere(value.tree.root, keyPath, evaluation.excluded(value)) !== !negated) continue;
    const part = { address, key_path: [...keyPath], value: '', highlight: [] };
    return matchOf(negated ? '!exists' : 'exists', '', part, value.ephemeral);
  }
  return undefined;
}

/** Undefined if there is no telling, since an excluded node lies on the way or a limit cut it off. */
function isThere(root: TreeNode, keyPath: KeyPath, excluded: readonly TreeNode[]): boolean | undefined {
  let node = root;
  if (excluded.includes(node)) return undefined;
  for (const item of keyPath) {
    const child = childAt(node, item);
    if (!child) return mayHoldMore(node, item) ? undefined : false;
    if (excluded.includes(child)) return undefined;
    node = child;
  }
  return true;
}

/** Whether a limit may have cut off what an item of a key path names; an array has no names in it. */
function mayHoldMore(node: TreeNode, item: string | number): boolean {
  if (node.kind === ARRAY && typeof item === 'string') return false;
  return node.size > node.children.length;
}
