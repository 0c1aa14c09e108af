import type { AddressValue } from './address-value.ts';
import type { ConditionMatch, Evaluation } from './evaluation.ts';
import { nodesAt } from './key-path.ts';
import { matchConditions } from './match-condition.ts';
import type { CompiledExclusion, CompiledRule } from './program.ts';
import type { TreeNode } from './tree.ts';

/** What exclusions do to a rule as a whole. */
export type RuleExclusion = { mode: 'none' | 'bypass' | 'unknown' } | { mode: 'override'; action: string };

interface ExclusionState {
  readonly known: (ConditionMatch | undefined)[];
  /** Its conditions hold for the rest of the context. */
  satisfied: boolean;
  /** Its conditions hold because of this run's ephemeral addresses. */
  satisfiedNow: boolean;
  /** Time ran out before its conditions were evaluated. */
  unresolved: boolean;
  readonly nodes: WeakMap<AddressValue, readonly TreeNode[]>;
}

const NO_NODES: readonly TreeNode[] = [];

/** The exclusions of one context: which of them hold, and what follows for a rule. */
export class ContextExclusions {
  readonly #exclusions: readonly CompiledExclusion[];
  readonly #states: ExclusionState[];

  constructor(exclusions: readonly CompiledExclusion[]) {
    this.#exclusions = exclusions;
    this.#states = exclusions.map(({ conditions }) => ({
      known: [],
      satisfied: conditions.length === 0,
      satisfiedNow: false,
      unresolved: false,
      nodes: new WeakMap(),
    }));
  }

  /** Finds out which hold now. Once the conditions of one have held it holds for the context. */
  evaluate(evaluation: Omit<Evaluation, 'excluded'>): void {
    for (const [index, { conditions }] of this.#exclusions.entries()) {
      const state = this.#states[index]!;
      state.satisfiedNow = false;
      if (state.satisfied) continue;
      const matches = matchConditions(conditions, state.known, { ...evaluation, excluded: () => NO_NODES });
      state.unresolved = matches === undefined && evaluation.deadline.expired();
      if (matches === undefined) continue;
      if (matches.some((match) => match.ephemeral)) state.satisfiedNow = true;
      else state.satisfied = true;
    }
  }

  /** `bypass` wins over `monitor`, and `monitor` over other actions, of which the last wins. */
  effectOn(rule: CompiledRule): RuleExclusion {
    let effect: RuleExclusion = { mode: 'none' };
    for (const index of rule.exclusions) {
      const state = this.#states[index]!;
      const { exclusion } = this.#exclusions[index]!;
      if (state.unresolved) return { mode: 'unknown' };
      if (exclusion.effect.kind === 'inputs' || !this.#holds(state)) continue;
      const { onMatch } = exclusion.effect;
      if (onMatch === 'bypass') return { mode: 'bypass' };
      if (effect.mode !== 'override' || effect.action !== 'monitor') {
        effect = { mode: 'override', action: onMatch };
      }
    }
    return effect;
  }

  /** Nodes of a value that a rule must not see. */
  nodesExcluded(rule: CompiledRule, value: AddressValue): readonly TreeNode[] {
    if (rule.exclusions.length === 0) return NO_NODES;
    return rule.exclusions.flatMap((index) => {
      const state = this.#states[index]!;
      return this.#holds(state) ? this.#nodesOf(index, state, value) : NO_NODES;
    });
  }

  #holds(state: ExclusionState): boolean {
    return state.satisfied || state.satisfiedNow;
  }

  #nodesOf(index: number, state: ExclusionState, value: AddressValue): readonly TreeNode[] {
    const { effect } = this.#exclusions[index]!.exclusion;
    if (effect.kind !== 'inputs') return NO_NODES;
    let nodes = state.nodes.get(value);
    if (nodes === undefined) {
      nodes = effect.inputs
        .filter((input) => input.address === value.address)
        .flatMap((input) => nodesAt(value.tree.root, input.keyPath));
      state.nodes.set(value, nodes);
    }
    return nodes;
  }
}
