import type { ConditionMatch, Evaluation } from './evaluation.ts';
import { childAt } from './key-path.ts';
import type { CompiledTarget, ExistsCondition } from './program.ts';
import type { TreeNode } from './tree.ts';

/** Matches if one of the targets is there, or with `!exists` if it isn't but its address is. */
export function matchExists(condition: ExistsCondition, evaluation: Evaluation): ConditionMatch | undefined {
  for (const target of condition.targets) {
    const value = evaluation.value(target.address);
    if (value === undefined) continue;
    const outcome = search(value.tree.root, target.keyPath, evaluation.excluded(value));
    if (outcome !== (condition.negated ? 'missing' : 'found')) continue;
    const reported = { address: target.address, key_path: [...target.keyPath], value: '', highlight: [] };
    const operator = condition.negated ? '!exists' : 'exists';
    return {
      match: { operator, operator_value: '', parameters: [reported] },
      ephemeral: value.ephemeral,
    };
  }
  return undefined;
}

/** Whether there is a node at a key path; unknown if an excluded one lies on the way, or a limit cut it off. */
function search(
  root: TreeNode,
  keyPath: CompiledTarget['keyPath'],
  excluded: readonly TreeNode[],
): 'found' | 'missing' | 'unknown' {
  let node = root;
  if (excluded.includes(node)) return 'unknown';
  for (const item of keyPath) {
    const child = childAt(node, item);
    if (child === undefined) return mayHoldMore(node, item) ? 'unknown' : 'missing';
    if (excluded.includes(child)) return 'unknown';
    node = child;
  }
  return 'found';
}

/** Whether a limit may have cut off what an item of a key path names; an array has no names in it. */
function mayHoldMore(node: TreeNode, item: string | number): boolean {
  if (node.kind === 'array' && typeof item === 'string') return false;
  return node.size > node.children.length;
}
