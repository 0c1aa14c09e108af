import type { Matcher, Scalar } from '../match/matcher.ts';
import { KEYS, VALUES } from '../ruleset/specification.ts';
import { isExcluded, rangeOf, rawOf } from './address-value.ts';
import { type ConditionMatch, type Evaluation, type Located, locate, matchOf } from './evaluation.ts';
import { keyPathOf } from './key-path.ts';
import type { ScalarCondition } from './program.ts';
import { ARRAY, MAP, type TreeNode } from './tree.ts';

/** Matches if one value under any of the targets does; the first one is reported. */
export function matchAnyScalar(
  { matcher, targets }: ScalarCondition,
  evaluation: Evaluation,
): ConditionMatch | undefined {
  for (const target of targets) {
    const located = locate(target, evaluation);
    if (!located) continue;
    const { value } = located;
    const { address, source } = target;
    const excluded = evaluation.excluded(value);
    for (const index of hitsUnder(matcher, located)) {
      if (isExcluded(index, source, excluded)) continue;
      const scalar = scalarAt(located, index);
      const highlight = matcher.match(scalar);
      if (highlight === undefined) continue;
      const part = {
        address,
        key_path: keyPathOf(value.nodes(source)[index]!),
        value: String(scalar),
        highlight: [highlight],
      };
      return matchOf(matcher.operator, matcher.operand, part, value.ephemeral);
    }
  }
  return undefined;
}

/** Leaves or keys at or below a node that the condition's matcher matches, or might, if they aren't scanned. */
function* hitsUnder(matcher: Matcher, located: Located): Generator<number> {
  if (matcher.accepts !== 'string') {
    yield* acceptedUnder(matcher, located);
    return;
  }
  const { target, value, node } = located;
  const { first, end } = rangeOf(node, target.source);
  for (const index of value.hitsOf(target.probe)) {
    if (index >= first && index < end) yield index;
  }
}

/** Leaves or keys at or below a node of the type that the matcher looks at. */
function* acceptedUnder({ accepts }: Matcher, { target, value, node }: Located): Generator<number> {
  const { source } = target;
  const nodes = value.nodes(source);
  const { first, end } = rangeOf(node, source);
  for (let index = first; index < end; index++) {
    if (typeof rawOf(nodes[index]!, source) === accepts) yield index;
  }
}

function scalarAt({ target, value }: Located, index: number): Scalar {
  return value.text(target.source, index, target.chain) ?? value.tree.leaves[index]!.scalar!;
}

/** Matches if there is something to look at under the target and none of it matches. */
export function matchNoScalar(
  { matcher, targets }: ScalarCondition,
  evaluation: Evaluation,
): ConditionMatch | undefined {
  const located = locate(targets[0]!, evaluation);
  if (!located) return undefined;
  const { target, value, node } = located;
  const { address, source, keyPath } = target;
  if (value.incomplete || (source === KEYS && node.kind !== MAP)) return undefined;
  const excluded = evaluation.excluded(value);
  const isSeen = (index: number) => !isExcluded(index, source, excluded);

  for (const index of hitsUnder(matcher, located)) {
    if (isSeen(index) && matcher.match(scalarAt(located, index)) !== undefined) return undefined;
  }
  if (![...acceptedUnder(matcher, located)].some(isSeen)) return undefined;

  const shown = source === VALUES ? onlyScalar(node) : undefined;
  const text = shown === undefined ? '' : String(shown);
  const part = { address, key_path: [...keyPath], value: text, highlight: text === '' ? [] : [text] };
  return matchOf(`!${matcher.operator}`, matcher.operand, part, value.ephemeral);
}

/** The scalar that a node is, or that it holds as the only item of an array. */
function onlyScalar(node: TreeNode): Scalar | undefined {
  const single = node.kind === ARRAY && node.size === 1 ? node.children[0] : node;
  return single?.scalar;
}
