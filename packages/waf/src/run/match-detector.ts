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
import type { Detector } from '../ruleset/specification.ts';
import type { DetectorMatch } from '../types.ts';
import { type AddressValue, isExcluded } from './address-value.ts';
import type { ConditionMatch, Evaluation } from './evaluation.ts';
import { keyPathOf } from './key-path.ts';
import type { CompiledTarget, DetectorCondition } from './program.ts';
import type { TreeNode } from './tree.ts';

interface Prepared {
  /** Finds an input in the sink's argument. */
  detect(input: string): Finding | null;
  /** What is wrong with the argument whatever the inputs are. */
  readonly violation: Finding | null;
}

interface Located {
  readonly target: CompiledTarget;
  readonly value: AddressValue;
  readonly node: TreeNode;
}

/**
 * Matches if an input of the request (a string or a key under one of the params) stands as syntax in the argument of
 * the sink (the resource). The argument is parsed once for all inputs, and each distinct input is tried once.
 */
export function matchDetector(
  condition: DetectorCondition,
  evaluation: Evaluation,
): ConditionMatch | undefined {
  const resource = locate(condition.resource, evaluation);
  const dbType = condition.dbType && locate(condition.dbType, evaluation);
  if (resource === undefined || (condition.dbType !== undefined && dbType === undefined)) return undefined;
  const prepared = prepare(condition.detector, resource.node, dbType?.node);
  if (prepared === undefined) return undefined;
  if (prepared.violation !== null) {
    const { address } = condition.resource;
    const nowhere = { address, key_path: keyPathOf(resource.node), value: '' };
    return report(condition, resource, dbType, prepared.violation, nowhere, resource.value.ephemeral);
  }

  const tried = new Set<string>();
  for (const target of condition.params) {
    const params = locate(target, evaluation);
    if (params === undefined) continue;
    for (const [input, node] of inputsOf(params, evaluation.excluded(params.value))) {
      if (evaluation.deadline.expired()) return undefined;
      if (tried.has(input)) continue;
      tried.add(input);
      const finding = prepared.detect(input);
      if (finding === null) continue;
      const found = { address: target.address, key_path: keyPathOf(node), value: input };
      const ephemeral = resource.value.ephemeral || params.value.ephemeral;
      return report(condition, resource, dbType, finding, found, ephemeral);
    }
  }
  return undefined;
}

function report(
  { detector }: DetectorCondition,
  resource: Located,
  dbType: Located | undefined,
  finding: Finding,
  params: DetectorMatch['params'],
  ephemeral: boolean,
): ConditionMatch {
  const reported: DetectorMatch = {
    resource: part(resource, finding.resource),
    params,
    ...(dbType && { db_type: part(dbType, String(dbType.node.scalar)) }),
    highlight: [finding.highlight],
  };
  return {
    match: { operator: detector.name, operator_value: '', parameters: [reported] },
    ephemeral,
  };
}

function part({ target, node }: Located, value: string): DetectorMatch['resource'] {
  return { address: target.address, key_path: keyPathOf(node), value };
}

function locate(target: CompiledTarget, evaluation: Evaluation): Located | undefined {
  const value = evaluation.value(target.address);
  const node = value?.resolve(target.keyPath);
  if (value === undefined || node === undefined) return undefined;
  return evaluation.excluded(value).includes(node) ? undefined : { target, value, node };
}

/** The detector with the sink's argument, or undefined if the argument isn't of a type that the sink takes. */
function prepare(detector: Detector, resource: TreeNode, dbType: TreeNode | undefined): Prepared | undefined {
  const text = typeof resource.scalar === 'string' ? resource.scalar : undefined;
  const list = resource.kind === 'array' ? stringsOf(resource) : undefined;
  switch (detector.name) {
    case 'sqli_detector': {
      if (text === undefined || typeof dbType?.scalar !== 'string') return undefined;
      const statement = sqlStatement(text, sqlDialect(dbType.scalar));
      return { detect: (input) => detectSqlInjection(statement, input), violation: null };
    }
    case 'shi_detector': {
      const argument = text ?? list;
      if (argument === undefined) return undefined;
      const command = shellCommand(argument);
      return { detect: (input) => detectShellInjection(command, input), violation: null };
    }
    case 'cmdi_detector': {
      if (list === undefined) return undefined;
      const command = execCommand(list);
      return { detect: (input) => detectCommandInjection(command, input), violation: null };
    }
    case 'lfi_detector':
      if (text === undefined) return undefined;
      return { detect: (input) => detectPathTraversal(text, input), violation: null };
    case 'ssrf_detector': {
      if (text === undefined) return undefined;
      const url = outgoingUrl(text, detector.options);
      return {
        detect: (input) => detectSsrf(url, input),
        violation: detector.options.enforcePolicyWithoutInjection ? findPolicyViolation(url) : null,
      };
    }
  }
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
    if (isExcluded(index, isKey ? 'keys' : 'values', excluded)) continue;
    const input = isKey ? found.key : found.scalar;
    if (typeof input === 'string') yield [input, found];
  }
}
