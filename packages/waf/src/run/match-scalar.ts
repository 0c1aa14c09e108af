import type { Scalar } from '../match/matcher.ts';
import { type AddressValue, isExcluded, rangeOf } from './address-value.ts';
import type { ConditionMatch, Evaluation } from './evaluation.ts';
import { keyPathOf } from './key-path.ts';
import type { CompiledTarget, ScalarCondition } from './program.ts';
import type { TreeNode } from './tree.ts';

/** Matches if one value under any of the targets does; the first one is reported. */
export function matchAnyScalar(
  condition: ScalarCondition,
  evaluation: Evaluation,
): ConditionMatch | undefined {
  const { matcher } = condition;
  for (const target of condition.targets) {
    const value = evaluation.value(target.address);
    const node = value?.resolve(target.keyPath);
    if (value === undefined || node === undefined) continue;
    const excluded = evaluation.excluded(value);
    for (const index of hitsUnder(condition, target, value, node)) {
      if (isExcluded(index, target.source, excluded)) continue;
      const scalar = scalarAt(target, value, index);
      const highlight = matcher.match(scalar);
      if (highlight === undefined) continue;
      const reported = {
        address: target.address,
        key_path: keyPathOf(value.nodes(target.source)[index]!),
        value: String(scalar),
        highlight: [highlight],
      };
      const { operator, operand } = matcher;
      return {
        match: { operator, operator_value: operand, parameters: [reported] },
        ephemeral: value.ephemeral,
      };
    }
  }
  return undefined;
}

/** Leaves or keys at or below a node that the condition's matcher matches, or might, if they aren't scanned. */
function* hitsUnder(
  { matcher }: ScalarCondition,
  target: CompiledTarget,
  value: AddressValue,
  node: TreeNode,
): Generator<number> {
  const { first, end } = rangeOf(node, target.source);
  if (matcher.accepts === 'string') {
    for (const index of value.hitsOf(target.probe)) {
      if (index >= first && index < end) yield index;
    }
    return;
  }
  for (let index = first; index < end; index++) {
    if (target.source === 'values' && typeof value.tree.leaves[index]!.scalar === matcher.accepts)
      yield index;
  }
}

function scalarAt(target: CompiledTarget, value: AddressValue, index: number): Scalar {
  return value.text(target.source, index, target.chain) ?? value.tree.leaves[index]!.scalar!;
}

/** Matches if there is something to look at under the target and none of it matches. */
export function matchNoScalar(
  condition: ScalarCondition,
  evaluation: Evaluation,
): ConditionMatch | undefined {
  const { matcher } = condition;
  const target = condition.targets[0]!;
  const value = evaluation.value(target.address);
  const node = value?.resolve(target.keyPath);
  if (value === undefined || node === undefined) return undefined;
  if (value.incomplete || (target.source === 'keys' && node.kind !== 'map')) return undefined;
  const excluded = evaluation.excluded(value);

  for (const index of hitsUnder(condition, target, value, node)) {
    if (isExcluded(index, target.source, excluded)) continue;
    if (matcher.match(scalarAt(target, value, index)) !== undefined) return undefined;
  }
  if (!hasEvaluable(condition, target, value, node, excluded)) return undefined;

  const shown = target.source === 'values' ? onlyScalar(node) : undefined;
  const text = shown === undefined ? '' : String(shown);
  const reported = {
    address: target.address,
    key_path: [...target.keyPath],
    value: text,
    highlight: text === '' ? [] : [text],
  };
  return {
    match: { operator: `!${matcher.operator}`, operator_value: matcher.operand, parameters: [reported] },
    ephemeral: value.ephemeral,
  };
}

function hasEvaluable(
  { matcher }: ScalarCondition,
  target: CompiledTarget,
  value: AddressValue,
  node: TreeNode,
  excluded: readonly TreeNode[],
): boolean {
  const nodes = value.nodes(target.source);
  const { first, end } = rangeOf(node, target.source);
  for (let index = first; index < end; index++) {
    const scalar = target.source === 'values' ? nodes[index]!.scalar : nodes[index]!.key;
    if (typeof scalar === matcher.accepts && !isExcluded(index, target.source, excluded)) return true;
  }
  return false;
}

/** The scalar that a node is, or that it holds as the only item of an array. */
function onlyScalar(node: TreeNode): Scalar | undefined {
  const single = node.kind === 'array' && node.size === 1 ? node.children[0] : node;
  return single?.scalar;
}
