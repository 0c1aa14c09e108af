import { ruleset as ownRules } from '../../packages/rules/src/index.ts';
import type { Ruleset, WafResult } from '../../packages/waf/src/index.ts';
import { openLibddwaf, openWardline, recommendedRules } from '../waf/engines.ts';
import { type Addresses, PLAIN } from './requests.ts';

/** What an engine says of a request. */
export interface Verdict {
  /** A rule matched, of whatever confidence. */
  flagged: boolean;
  /** It would be blocked where rules of confidence high block. */
  blocked: boolean;
}

export type Judge = (request: Addresses) => Verdict;

const ENGINES: Readonly<Record<string, () => Judge>> = {
  ours: openOurs,
  datadog: () => judgeWith(openWardline(recommendedRules()).check as Check),
  libddwaf: () => judgeWith(openLibddwaf(recommendedRules()).check as Check),
};

export const ENGINE_NAMES: readonly string[] = Object.keys(ENGINES);

type Check = (request: Addresses) => Partial<Pick<WafResult, 'events' | 'actions'>>;

/** Loads the engine's rules. Throws if it flags a request that carries nothing. */
export function openEngine(name: string): Judge {
  const judge = ENGINES[name]!();
  for (const request of PLAIN) {
    if (judge(request).flagged) {
      throw new Error(
        `${name} flags a plain request, so no figure would mean anything: ${JSON.stringify(request)}`,
      );
    }
  }
  return judge;
}

/**
 * Which of our rules match a request, and what of it each highlights. A run's result has one rule for each type of
 * attack; this has all.
 */
export function openExplainer(): (request: Addresses) => Record<string, string[]> {
  const judged = openWardline(BLOCKING).check as Check;
  const apart = openWardline({ ...ownRules, rules: (ownRules.rules ?? []).map(reportedAlone) })
    .check as Check;
  return (request) => {
    const events = [judged, apart].flatMap((check) => check(request).events ?? []);
    return Object.fromEntries(
      events.map(({ rule, rule_matches: matches }) => [
        rule.id,
        matches.flatMap(({ parameters }) => parameters.flatMap(({ highlight }) => highlight)),
      ]),
    );
  };
}

/** The policy under which rules of confidence high block. */
const BLOCKING: Ruleset = {
  ...ownRules,
  rules_override: [
    ...(ownRules.rules_override ?? []),
    { rules_target: [{ tags: { confidence: 'high' } }], on_match: ['block'] },
  ],
};

function openOurs(): Judge {
  return judgeWith(openWardline(BLOCKING).check as Check);
}

function judgeWith(check: Check): Judge {
  return (request) => verdictOf(check(request));
}

/** The one place that says what counts as detected: what the engine reports, and what it would block. */
function verdictOf({ events, actions }: ReturnType<Check>): Verdict {
  return { flagged: (events?.length ?? 0) > 0, blocked: actions?.block_request !== undefined };
}

/** An engine reports one rule for each type, and signs that only weigh not at all. */
function reportedAlone({ output: _, ...rule }: NonNullable<Ruleset['rules']>[number]) {
  return { ...rule, tags: { ...rule.tags, type: rule.id } };
}
