import {
  detectCommandInjection,
  detectPathTraversal,
  detectShellInjection,
  detectSqlInjection,
  detectSsrf,
  execCommand,
  type Finding,
  findPolicyViolation,
  outgoingUrl,
  shellCommand,
  sqlDialect,
  sqlStatement,
} from '../detect/index.ts';
import { type Detector, KEYS, VALUES } from '../ruleset/specification.ts';
import type { DetectorMatch } from '../types.ts';
import { isExcluded } from './address-value.ts';
import { type ConditionMatch, type Evaluation, type Located, locate, matchOf } from './evaluation.ts';
import { keyPathOf } from './key-path.ts';
import type { CompiledTarget, DetectorCondition } from './program.ts';
import { ARRAY, type TreeNode } from './tree.ts';

interface Prepared {
  /** Finds an input in the sink's argument. */
  detect(input: string): Finding | null;
  /** What is wrong with the argument whatever the inputs are. */
  readonly violation: Finding | null;
}

/**
 * Matches if an input of the request (a string or a key under one of the params) stands as syntax in the argument of
 * the sink (the resource). The argument is parsed once for all inputs, and each distinct input is tried once.
 */
export function matchDetector(
  condition: DetectorCondition,
  evaluation: Evaluation,
): ConditionMatch | undefined {
  const { detector, params, dbType: dbTypeTarget } = condition;
  const resource = locateSeen(condition.resource, evaluation);
  const dbType = dbTypeTarget && locateSeen(dbTypeTarget, evaluation);
  if (!resource || (dbTypeTarget && !dbType)) return undefined;
  const prepared = prepare(detector, resource.node, dbType?.node);
  if (!prepared) return undefined;

  const report = (finding: Finding, input: DetectorMatch['params'], ephemeral: boolean): ConditionMatch => {
    const part: DetectorMatch = {
      resource: partOf(resource.target, resource.node, finding.resource),
      params: input,
      ...(dbType && { db_type: partOf(dbType.target, dbType.node, String(dbType.node.scalar)) }),
      highlight: [finding.highlight],
    };
    return matchOf(detector.name, '', part, resource.value.ephemeral || ephemeral);
  };
  const { detect, violation } = prepared;
  if (violation !== null) return report(violation, partOf(resource.target, resource.node, ''), false);

  const tried = new Set<string>();
  for (const target of params) {
    const inputs = locateSeen(target, evaluation);
    if (!inputs) continue;
    for (const [input, node] of inputsOf(inputs, evaluation.excluded(inputs.value))) {
      if (evaluation.deadline.expired()) return undefined;
      if (tried.has(input)) continue;
      tried.add(input);
      const finding = detect(input);
      if (finding !== null) return report(finding, partOf(target, node, input), inputs.value.ephemeral);
    }
  }
  return undefined;
}

function partOf({ address }: CompiledTarget, node: TreeNode, value: string): DetectorMatch['resource'] {
  return { address, key_path: keyPathOf(node), value };
}

function locateSeen(target: CompiledTarget, evaluation: Evaluation): Located | undefined {
  const located = locate(target, evaluation);
  return !located || evaluation.excluded(located.value).includes(located.node) ? undefined : located;
}

/** The detector with the sink's argument, or undefined if the argument isn't of a type that the sink takes. */
function prepare(detector: Detector, resource: TreeNode, dbType: TreeNode | undefined): Prepared | undefined {
  const text = typeof resource.scalar === 'string' ? resource.scalar : undefined;
  const list = resource.kind === ARRAY ? stringsOf(resource) : undefined;
  if (detector.name === 'cmdi_detector') return list && bind(execCommand(list), detectCommandInjection);
  if (detector.name === 'shi_detector') {
    const command = text ?? list;
    return command === undefined ? undefined : bind(shellCommand(command), detectShellInjection);
  }
  if (text === undefined) return undefined;
  switch (detector.name) {
    case 'sqli_detector':
      if (typeof dbType?.scalar !== 'string') return undefined;
      return bind(sqlStatement(text, sqlDialect(dbType.scalar)), detectSqlInjection);
    case 'lfi_detector':
      return bind(text, detectPathTraversal);
    case 'ssrf_detector': {
      const url = outgoingUrl(text, detector.options);
      const { enforcePolicyWithoutInjection } = detector.options;
      return bind(url, detectSsrf, enforcePolicyWithoutInjection ? findPolicyViolation(url) : null);
    }
  }
}

function bind<T>(
  argument: T,
  detect: (argument: T, input: string) => Finding | null,
  violation: Finding | null = null,
): Prepared {
  return { detect: (input) => detect(argument, input), violation };
}

function stringsOf({ children }: TreeNode): string[] {
  return children.flatMap(({ scalar }) => (typeof scalar === 'string' ? [scalar] : []));
}

/** Strings and keys at or below a node, each key before what it holds. */
function* inputsOf({ value, node }: Located, excluded: readonly TreeNode[]): Generator<[string, TreeNode]> {
  const { leaves, keys } = value.tree;
  let key = node.firstKey;
  for (let leaf = node.firstLeaf; leaf < node.endLeaf || key < node.endKey; ) {
    const isKey = key < node.endKey && keys[key]!.firstLeaf <= leaf;
    const index = isKey ? key++ : leaf++;
    const found = isKey ? keys[index]! : leaves[index]!;
    if (isExcluded(index, isKey ? KEYS : VALUES, excluded)) continue;
    const input = isKey ? found.key : found.scalar;
    if (typeof input === 'string') yield [input, found];
  }
}
