import type { ConditionMatch } from './evaluation.ts';
import type { Outcome } from './rule-evaluator.ts';
import type { RunValues } from './run-values.ts';

/** What weighted rules weigh that have matched in the context, by their type and id. Processors sum it. */
export const WEIGHTS = 'waf.context.weights';

type ByTypeAndId = Record<string, Record<string, number>>;

/** What a rule's tag `weight` says; 0 if it has none, or none that is a positive number. */
export function weightOf(tags: ReadonlyMap<string, string>): number {
  const weight = Number(tags.get('weight'));
  return weight > 0 && Number.isFinite(weight) ? weight : 0;
}

/** The rules of one context that have matched and have a weight: signs that mean something only together. */
export class ContextWeights {
  #weights: ByTypeAndId = Object.create(null);
  #matches: ConditionMatch[] = [];

  /** What the signs so far, those of this run included, have matched. */
  matches: readonly ConditionMatch[] = [];

  /** Takes the outcomes of a run; adds the weights to its values if there is something new. */
  weigh(outcomes: readonly Outcome[], values: RunValues): boolean {
    const signs = outcomes.filter(({ rule }) => rule.weight > 0);
    if (signs.length === 0) return false;
    const lasting = signs.filter(isLasting);
    const now = withSigns(this.#weights, signs);
    this.matches = [...this.#matches, ...signs.flatMap(({ matches }) => matches)];
    this.#weights = withSigns(this.#weights, lasting);
    this.#matches = [...this.#matches, ...lasting.flatMap(({ matches }) => matches)];
    return values.add(WEIGHTS, now, lasting.length < signs.length) !== undefined;
  }
}

function isLasting({ matches }: Outcome): boolean {
  return matches.every(({ ephemeral }) => !ephemeral);
}

function withSigns(weights: ByTypeAndId, signs: readonly Outcome[]): ByTypeAndId {
  const all: ByTypeAndId = Object.assign(Object.create(null), weights);
  for (const { rule } of signs) {
    const type = rule.rule.tags.get('type')!;
    all[type] = { ...all[type], [rule.rule.id]: rule.weight };
  }
  return all;
}
