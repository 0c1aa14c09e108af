import type { ConditionMatch } from './evaluation.ts';
import type { Outcome } from './rule-evaluator.ts';
import type { RunValues } from './run-values.ts';

/** What weighted rules weigh that have matched in the context, by their type and id. Processors sum it. */
export const WEIGHTS = 'waf.context.weights';

/** What a rule's tag `weight` says; 0 if it has none, or none that is a positive number. */
export function weightOf(tags: ReadonlyMap<string, string>): number {
  const weight = Number(tags.get('weight'));
  return weight > 0 && weight < Infinity ? weight : 0;
}

/** The rules of one context that have matched and have a weight: signs that mean something only together. */
export class ContextWeights {
  /** Those that stay known. */
  readonly #signs: Outcome[] = [];

  /** What the signs so far, those of this run included, have matched. */
  matches: readonly ConditionMatch[] = [];

  /** Takes the outcomes of a run; adds the weights to its values if there is something new. */
  weigh(outcomes: readonly Outcome[], values: RunValues): boolean {
    const fresh = outcomes.filter(({ rule }) => rule.weight > 0);
    const lasting = fresh.filter(({ matches }) => matches.every(({ ephemeral }) => !ephemeral));
    const signs = [...this.#signs, ...fresh];
    this.#signs.push(...lasting);
    this.matches = signs.flatMap(({ matches }) => matches);
    const weights = new Map<string, Map<string, number>>();
    for (const { rule } of signs) {
      const type = rule.rule.tags.get('type')!;
      weights.set(type, (weights.get(type) ?? new Map()).set(rule.rule.id, rule.weight));
    }
    return fresh.length > 0 && values.add(WEIGHTS, weights, lasting.length < fresh.length) !== undefined;
  }
}
