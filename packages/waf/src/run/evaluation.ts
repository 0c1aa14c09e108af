import type { RuleMatch } from '../types.ts';
import type { AddressValue } from './address-value.ts';
import type { Deadline } from './deadline.ts';
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
