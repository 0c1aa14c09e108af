import { BYPASS, EXISTS } from '../ruleset/specification.ts';
import type { AddressValue } from './address-value.ts';
import type { ConditionMatch, Evaluation } from './evaluation.ts';
import { nodesAt } from './key-path.ts';
import { matchConditions } from './match-condition.ts';
import type { CompiledExclusion, CompiledRule } from './program.ts';
import type { TreeNode } from './tree.ts';

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
      state.unresolved = !matches && evaluation.deadline.expired();
      if (!matches) continue;
      if (matches.some((match) => match.ephemeral)) state.satisfiedNow = true;
      else state.satisfied = true;
    }
  }

  /**
   * What takes the place of a rule's blocking: BYPASS, which wins, if it must not or can't be evaluated, else an action.
   * Of actions `monitor` wins, else the last.
   */
  effectOn(rule: CompiledRule): string | undefined {
    let effect: string | undefined;
    for (const index of rule.exclusions) {
      const state = this.#states[index]!;
      const { inputs, onMatch } = this.#exclusions[index]!.exclusion;
      if (state.unresolved) return BYPASS;
      if (inputs || !holds(state)) continue;
      if (onMatch === BYPASS) return BYPASS;
      if (effect !== 'monitor') effect = onMatch;
    }
    return effect;
  }

  /**
   * Whether this run's ephemeral addresses hide inputs from a rule of which a later run may ask again whether they are
   * there. What they contain is not looked at again.
   */
  hidesNow({ conditions, exclusions }: CompiledRule): boolean {
    if (!conditions.some(({ kind }) => kind === EXISTS)) return false;
    return exclusions.some(
      (index) => this.#states[index]!.satisfiedNow && this.#exclusions[index]!.exclusion.inputs !== undefined,
    );
  }

  /** Nodes of a value that a rule must not see. */
  nodesExcluded(rule: CompiledRule, value: AddressValue): readonly TreeNode[] {
    if (rule.exclusions.length === 0) return NO_NODES;
    return rule.exclusions.flatMap((index) => {
      const state = this.#states[index]!;
      const { inputs } = this.#exclusions[index]!.exclusion;
      if (!inputs || !holds(state)) return NO_NODES;
      let nodes = state.nodes.get(value);
      if (!nodes) {
        nodes = inputs
          .filter((input) => input.address === value.address)
          .flatMap((input) => nodesAt(value.tree.root, input.keyPath));
        state.nodes.set(value, nodes);
      }
      return nodes;
    });
  }
}

function holds({ satisfied, satisfiedNow }: ExclusionState): boolean {
  return satisfied || satisfiedNow;
}
