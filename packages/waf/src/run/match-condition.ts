import { DETECTOR, EXISTS, SCALAR } from '../ruleset/specification.ts';
import type { ConditionMatch, Evaluation } from './evaluation.ts';
import { matchDetector } from './match-detector.ts';
import { matchExists } from './match-exists.ts';
import { matchAnyScalar, matchNoScalar } from './match-scalar.ts';
import type { CompiledCondition } from './program.ts';

/** One condition. Scalar conditions need the values of their addresses to have been scanned. */
export function matchCondition(
  condition: CompiledCondition,
  evaluation: Evaluation,
): ConditionMatch | undefined {
  switch (condition.kind) {
    case SCALAR:
      return condition.negated ? matchNoScalar(condition, evaluation) : matchAnyScalar(condition, evaluation);
    case EXISTS:
      return matchExists(condition, evaluation);
    case DETECTOR:
      return matchDetector(condition, evaluation);
  }
}

/**
 * All of a unit's conditions, of which `known` holds those that matched in an earlier run and is filled in; undefined
 * if one doesn't match.
 */
export function matchConditions(
  conditions: readonly CompiledCondition[],
  known: (ConditionMatch | undefined)[],
  evaluation: Evaluation,
): ConditionMatch[] | undefined {
  const matches: ConditionMatch[] = [];
  for (const [index, condition] of conditions.entries()) {
    const match = known[index] ?? matchCondition(condition, evaluation);
    if (!match) return undefined;
    if (!match.ephemeral) known[index] = match;
    matches.push(match);
  }
  return matches;
}
