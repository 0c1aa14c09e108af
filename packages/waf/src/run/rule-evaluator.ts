import { BYPASS } from '../ruleset/specification.ts';
import type { AddressValue } from './address-value.ts';
import type { ConditionMatch, Evaluation } from './evaluation.ts';
import type { ContextExclusions } from './exclusions.ts';
import { matchConditions } from './match-condition.ts';
import { PassedOver } from './passed-over.ts';
import {
  BLOCK,
  type CompiledRule,
  type CompiledTarget,
  MONITOR,
  type Program,
  type RuleStage,
  TIMED,
  UNTIMED,
  type UndecidedRule,
  type Verdict,
} from './program.ts';
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
  /** It matched on what stays known, or has attributes to give and no events, so it has nothing more to say. */
  done: boolean;
}

type Lookup = Evaluation['value'];

/** The rules of one context: what they know from earlier runs, and which of them may still match. */
export class RuleEvaluator {
  readonly #program: Program;
  readonly #exclusions: ContextExclusions;
  #states: Map<number, RuleState> | undefined;
  /** Whether a sink's argument is among the persistent values. */
  #knowsSink = false;
  /** By type of attack, the highest verdict that the context has given. */
  #verdicts: Map<string, Verdict> | undefined;
  #passedOver: PassedOver | undefined;
  /** Values that the timed stage hasn't seen, because of a block before it. */
  #unscanned: AddressValue[] = [];

  constructor(program: Program, exclusions: ContextExclusions) {
    this.#program = program;
    this.#exclusions = exclusions;
  }

  /**
   * Evaluates a stage's rules on new values. Adds to `outcomes` and returns true if the last one blocks, after which
   * nothing more is to be evaluated in this run. Rules that were passed over are not `due` again within a run.
   */
  evaluate(
    stage: RuleStage,
    values: readonly AddressValue[],
    lookup: Lookup,
    deadline: ScanDeadline,
    outcomes: Outcome[],
    due = true,
  ): boolean {
    const indices = this.#dueRules(stage, values, lookup, deadline, due);
    if (indices.length === 0) return false;
    const ephemeralVerdicts = new Map<string, Verdict>();
    const closed = new Set<number>();
    this.#verdicts ??= new Map();
    for (let position = 0; position < indices.length; position++) {
      const index = indices[position]!;
      const rule = stage.rules[index]!;
      const type = rule.rule.tags.get('type')!;
      const standsForType = rule.module.oneMatchPerType && rule.weight === 0;
      if (standsForType) {
        if ((this.#verdicts.get(type) ?? 0) >= rule.verdict) continue;
        if ((ephemeralVerdicts.get(type) ?? 0) >= rule.verdict || closed.has(rule.collection)) {
          this.#passOver(stage, index);
          continue;
        }
      }
      const outcome = this.#evaluateRule(stage, index, lookup, deadline);
      if (!outcome) continue;
      const verdict = this.#verdictOf(outcome);
      const ephemeral = outcome.matches.some((match) => match.ephemeral);
      if (standsForType) {
        closed.add(rule.collection);
        (ephemeral ? ephemeralVerdicts : this.#verdicts).set(type, verdict);
      }
      outcomes.push(outcome);
      if (ephemeral) this.#passOver(stage, index);
      if (verdict !== BLOCK) continue;
      for (const rest of indices.slice(position + 1)) this.#passOver(stage, rest);
      if (stage.number === UNTIMED) {
        this.#unscanned.push(...values.filter((value) => !value.ephemeral));
      }
      return true;
    }
    return false;
  }

  #passOver(stage: RuleStage, index: number): void {
    this.#passedOver ??= new PassedOver();
    this.#passedOver.add(stage, index);
  }

  /** The rules that new values concern, in order of evaluation. Scans the values. */
  #dueRules(
    stage: RuleStage,
    values: readonly AddressValue[],
    lookup: Lookup,
    deadline: ScanDeadline,
    due: boolean,
  ): number[] {
    if (stage.number === TIMED && this.#unscanned.length > 0) {
      const unscanned = this.#unscanned.filter((value) => lookup(value.address) === value);
      this.#unscanned = [];
      for (const index of this.#candidates(stage, unscanned, lookup, deadline)) this.#passOver(stage, index);
    }
    const indices = this.#candidates(stage, values, lookup, deadline);
    if (due && this.#passedOver) indices.push(...this.#passedOver.takeDue(stage, values));
    return indices.length < 2 ? indices : [...new Set(indices)].sort((a, b) => a - b);
  }

  #evaluateRule(
    stage: RuleStage,
    index: number,
    lookup: Lookup,
    deadline: ScanDeadline,
  ): Outcome | undefined {
    const rule = stage.rules[index]!;
    const state = this.#stateOf(rule);
    if (state.done) return undefined;
    const effect = this.#exclusions.effectOn(rule);
    if (effect === BYPASS) {
      this.#passOver(stage, index);
      return undefined;
    }
    const matches = matchConditions(rule.conditions, state.known, {
      value: lookup,
      excluded: (value) => this.#exclusions.nodesExcluded(rule, value),
      deadline,
    });
    if (!matches) {
      if (this.#exclusions.hidesNow(rule)) this.#passOver(stage, index);
      return undefined;
    }
    state.done = !rule.rule.event || matches.every((match) => !match.ephemeral);
    // Only actions that decide between stopping and watching can replace a rule's own.
    const isReplaced = effect !== undefined && isModal(this.#program.actions.get(effect));
    return { rule, matches, override: isReplaced ? effect : undefined };
  }

  #stateOf(rule: CompiledRule): RuleState {
    this.#states ??= new Map();
    let state = this.#states.get(rule.id);
    if (!state) {
      state = { known: [], done: false };
      this.#states.set(rule.id, state);
    }
    return state;
  }

  #verdictOf({ rule, override }: Outcome): Verdict {
    if (override === undefined) return rule.verdict;
    return isBlocking(this.#program.actions.get(override)) ? BLOCK : MONITOR;
  }

  /** The rules that new values concern, some twice. Scans the values. */
  #candidates(
    stage: RuleStage,
    values: readonly AddressValue[],
    lookup: Lookup,
    deadline: ScanDeadline,
  ): number[] {
    const indices: number[] = [];
    for (let i = 0; i < values.length; i++) {
      const { plan } = values[i]!.plan.stages[stage.number]!;
      if (plan) scanValue(plan, values[i]!, deadline, indices);
    }
    const atSink = this.#isAtSink(values);
    for (let i = 0; i < values.length; i++) {
      const { undecided } = values[i]!.plan.stages[stage.number]!;
      for (let u = 0; u < undecided.length; u++) {
        const rule = undecided[u]!;
        if ((atSink || rule.needs.length === 0) && this.#mayMatch(rule, stage, lookup))
          indices.push(rule.index);
      }
    }
    return indices;
  }

  /** Whether any sink's argument is known; mostly none is, and then the rules for sinks need no look. */
  #isAtSink(values: readonly AddressValue[]): boolean {
    let atSink = this.#knowsSink;
    for (let i = 0; i < values.length; i++) {
      const { plan, ephemeral } = values[i]!;
      if (!plan.isSink) continue;
      atSink = true;
      if (!ephemeral) this.#knowsSink = true;
    }
    return atSink;
  }

  /** Whether a rule that hits alone don't decide is worth evaluating. */
  #mayMatch({ index, needs, firstTargets }: UndecidedRule, stage: RuleStage, lookup: Lookup): boolean {
    for (let i = 0; i < needs.length; i++) {
      if (!lookup(needs[i]!)) return false;
    }
    if (!firstTargets || this.#states?.has(stage.rules[index]!.id) === true) return true;
    return isHit(firstTargets, lookup);
  }
}

function isHit(targets: readonly CompiledTarget[], lookup: Lookup): boolean {
  for (let i = 0; i < targets.length; i++) {
    const { address, probe } = targets[i]!;
    if ((lookup(address)?.hitsOf(probe).length ?? 0) > 0) return true;
  }
  return false;
}
