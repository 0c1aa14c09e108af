import type { RuleMatch } from '../types.ts';
import type { AddressValue } from './address-value.ts';
import type { Deadline } from './deadline.ts';
import type { CompiledTarget } from './program.ts';
import type { TreeNode } from './tree.ts';

/** What conditions are evaluated against. */
export interface Evaluation {
  /** The value of an address: this run's ephemeral one, else the persistent one. */
  value(address: string): AddressValue | undefined;
  /** Nodes of a value that the rule must not see. */
  excluded(value: AddressValue): readonly TreeNode[];
  readonly deadline: Pick<Deadline, 'expired'>;
}

export interface ConditionMatch {
  readonly match: RuleMatch;
  /** Whether it holds for this run only. */
  readonly ephemeral: boolean;
}

/** Where in a request a condition holds, as events tell it. */
export type MatchPart = RuleMatch['parameters'][number];

/** A condition that holds for one part of a request. */
export function matchOf(
  operator: string,
  operand: string,
  part: MatchPart,
  ephemeral: boolean,
): ConditionMatch {
  return { match: { operator, operator_value: operand, parameters: [part] }, ephemeral };
}

/** What a target names. */
export interface Located {
  readonly target: CompiledTarget;
  readonly value: AddressValue;
  readonly node: TreeNode;
}

/** Undefined if nothing is there. */
export function locate(target: CompiledTarget, evaluation: Evaluation): Located | undefined {
  const value = evaluation.value(target.address);
  const node = value?.resolve(target.keyPath);
  return !value || !node ? undefined : { target, value, node };
}
