import type { WafEvent } from '../types.ts';
import { excerpt } from './excerpt.ts';
import type { Program } from './program.ts';
import { randomId } from './random-id.ts';
import { resolveActions } from './resolve-actions.ts';
import type { Outcome } from './rule-evaluator.ts';

/** What a run's outcomes become in its result: events as Datadog's triggers have them, with secrets redacted. */
export function serializeOutcomes(
  outcomes: readonly Outcome[],
  program: Program,
): { events: WafEvent[]; actions: Record<string, Record<string, unknown>>; keep: boolean } {
  const requests = outcomes.map(({ rule, override }) => ({ onMatch: rule.rule.onMatch, override }));
  const { actions, reports } = resolveActions(requests, program.actions, randomId);
  const events = outcomes.flatMap((outcome, index): WafEvent[] => {
    const { rule } = outcome.rule;
    if (!rule.event) return [];
    const { onMatch, ids } = reports[index]!;
    return [
      {
        rule: { id: rule.id, name: rule.name, tags: Object.fromEntries(rule.tags), on_match: onMatch },
        rule_matches: outcome.matches.map(({ match }) => ({
          ...match,
          parameters: match.parameters.map((part) => excerpt(program.obfuscator(part))),
        })),
        ...ids,
      },
    ];
  });
  return { events, actions, keep: outcomes.some(({ rule }) => rule.rule.keep) };
}
