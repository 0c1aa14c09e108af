import type { AddressValue } from './address-value.ts';
import type { ConditionMatch, Evaluation } from './evaluation.ts';
import type { ContextExclusions, RuleExclusion } from './exclusions.ts';
import { matchConditions } from './match-condition.ts';
import { type CompiledRule, type Program, type RuleStage, VERDICT, type Verdict } from './program.ts';
import { isBlocking, isModal } from './resolve-actions.ts';
import { type ScanDeadline, scanValue } from './scan.ts';

/** A rule that matched in a run. */
export interface Outcome {
  readonly rule: CompiledRule;
  readonly matches: readonly ConditionMatch[];
  /** The action by which an exclusion replaces blocking. */
  readonly override: string | undefined;
}

interface RuleState {
  readonly known: (ConditionMatch | undefined)[];
  /** It matched on what stays known, so it has nothing more to say. */
  done: boolean;
}

type Lookup = Evaluation['value'];

/** The rules of one context: what they know from earlier runs, and which of them may still match. */
export class RuleEvaluator {
  readonly #program: Program;
  readonly #exclusions: ContextExclusions;
  #states: Map<number, RuleState> | undefined;
  /** By type of attack, the highest verdict that the context has given. */
  #verdicts: Map<string, Verdict> | undefined;

  constructor(program: Program, exclusions: ContextExclusions) {
    this.#program = program;
    this.#exclusions = exclusions;
  }

  /**
   * Evaluates a stage's rules on new values. Adds to `outcomes` and returns true if the last one blocks, after which
   * nothing more is to be evaluated.
   */
  evaluate(
    stage: RuleStage,
    values: readonly AddressValue[],
    lookup: Lookup,
    deadline: ScanDeadline,
    outcomes: Outcome[],
  ): boolean {
    const indices = candidates(stage, values, lookup, deadline);
    if (indices.length === 0) return false;
    const ephemeralVerdicts = new Map<string, Verdict>();
    const closed = new Set<number>();
    this.#verdicts ??= new Map();
    for (const index of indices) {
      const rule = stage.rules[index]!;
      const type = rule.rule.tags.get('type')!;
      if (rule.module.oneMatchPerType) {
        const given = Math.max(this.#verdicts.get(type) ?? 0, ephemeralVerdicts.get(type) ?? 0);
        if (given >= rule.verdict || closed.has(rule.collection)) continue;
      }
      const outcome = this.#evaluateRule(rule, lookup, deadline);
      if (outcome === undefined) continue;
      const verdict = this.#verdictOf(outcome);
      const ephemeral = outcome.matches.some((match) => match.ephemeral);
      closed.add(rule.collection);
      (ephemeral ? ephemeralVerdicts : this.#verdicts).set(type, verdict);
      outcomes.push(outcome);
      if (verdict === VERDICT.block) return true;
    }
    return false;
  }

  #evaluateRule(rule: CompiledRule, lookup: Lookup, deadline: ScanDeadline): Outcome | undefined {
    const state = this.#stateOf(rule);
    if (state.done) return undefined;
    const exclusion = this.#exclusions.effectOn(rule);
    if (exclusion.mode === 'bypass' || exclusion.mode === 'unknown') return undefined;
    const matches = matchConditions(rule.conditions, state.known, {
      value: lookup,
      excluded: (value) => this.#exclusions.nodesExcluded(rule, value),
      deadline,
    });
    if (matches === undefined) return undefined;
    state.done = matches.every((match) => !match.ephemeral);
    return { rule, matches, override: this.#overrideOf(exclusion) };
  }

  #stateOf(rule: CompiledRule): RuleState {
    this.#states ??= new Map();
    let state = this.#states.get(rule.id);
    if (state === undefined) {
      state = { known: [], done: false };
      this.#states.set(rule.id, state);
    }
    return state;
  }

  /** Only actions that decide between stopping and watching can replace a rule's own. */
  #overrideOf(exclusion: RuleExclusion): string | undefined {
    if (exclusion.mode !== 'override') return undefined;
    return isModal(this.#program.actions.get(exclusion.action)) ? exclusion.action : undefined;
  }

  #verdictOf({ rule, override }: Outcome): Verdict {
    if (override === undefined) return rule.verdict;
    return isBlocking(this.#program.actions.get(override)) ? VERDICT.block : VERDICT.monitor;
  }
}

/** The rules that new values concern, in order of evaluation. Scans the values. */
function candidates(
  { name }: RuleStage,
  values: readonly AddressValue[],
  lookup: Lookup,
  deadline: ScanDeadline,
): number[] {
  const indices: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const { plan, undecided } = value.plan[name];
    if (plan !== undefined) scanValue(plan, value, deadline, indices);
    for (let u = 0; u < undecided.length; u++) {
      if (isKnown(undecided[u]!.needs, lookup)) indices.push(undecided[u]!.index);
    }
  }
  return indices.length < 2 ? indices : [...new Set(indices)].sort((a, b) => a - b);
}

function isKnown(addresses: readonly string[], lookup: Lookup): boolean {
  for (let i = 0; i < addresses.length; i++) {
    if (lookup(addresses[i]!) === undefined) return false;
  }
  return true;
}
