import type { RuleDefinition, Ruleset } from '../src/index.ts';
import { same, type View } from './compare.ts';
import type { KnownDifference, Observed } from './known-differences.ts';
import { type Configurations, openOurs, openTheirs, type Peer } from './peers.ts';
import type { Input } from './requests.ts';
import { ruleById } from './rulesets.ts';

/** What libddwaf leaves to its hash tables: which of the rules of a module comes first, and so what a block keeps from being looked at. */
export const WHICH_BLOCK: KnownDifference = {
  name: 'the order of rules before a block',
  reason: 'rules of a module come in the order of the file, those that block first',
  applies: (observed) => otherBlock(observed) !== undefined,
  bothInputs: (input, observed) => input.slice(0, otherBlock(observed)! + 1),
  views: (ours, theirs) => [commonInLast(ours, theirs), commonInLast(theirs, ours)],
};

const found = new WeakMap<Observed['ours'], number | undefined>();

/**
 * The first run that differs, if both block in it and each finds what only the other reports once its own block is out
 * of the way.
 */
function otherBlock(observed: Observed): number | undefined {
  if (!found.has(observed.ours)) found.set(observed.ours, findOtherBlock(observed));
  return found.get(observed.ours);
}

function findOtherBlock({ peers: { configurations }, input, ours, theirs }: Observed): number | undefined {
  const run = ours.findIndex((view, index) => !same(view, theirs[index]));
  const our = ours[run]!;
  const their = theirs[run]!;
  const ourBlock = blockingRule(our);
  const theirBlock = blockingRule(their);
  if (ourBlock === undefined || theirBlock === undefined) return undefined;
  const disputed = [...onlyIn(our, their), ...onlyIn(their, our)];
  const modules = new Set(
    [ourBlock, ...disputed].map((id) => ruleById(configurations, id)?.tags.module ?? 'waf'),
  );
  if (modules.size > 1) return undefined;
  const runs = input.slice(0, run + 1);
  const theyFindOurs = finds(openTheirs(without(configurations, theirBlock)), runs, onlyIn(our, their));
  const weFindTheirs = finds(openOurs(without(configurations, ourBlock)), runs, onlyIn(their, our));
  return theyFindOurs && weFindTheirs ? run : undefined;
}

function blockingRule({ events }: View): string | undefined {
  return events.find(({ response }) => response)?.rule.id;
}

/** The rules of events that only one of two results has. */
function onlyIn(view: View, other: View): string[] {
  return view.events
    .filter((event) => !other.events.some((its) => same(its, event)))
    .map(({ rule }) => rule.id);
}

/** Whether the last run reports all of these rules. */
function finds(peer: Peer | undefined, input: Input, ids: readonly string[]): boolean {
  const events = peer?.run(input).at(-1)?.events ?? [];
  peer?.close();
  return ids.every((id) => events.some(({ rule }) => rule.id === id));
}

function without(configurations: Configurations, id: string): Configurations {
  const others = (rules: RuleDefinition[] | undefined) => rules?.filter((rule) => rule.id !== id);
  return Object.fromEntries(
    (Object.entries(configurations) as [string, Ruleset][]).map(([path, ruleset]) => [
      path,
      {
        ...ruleset,
        ...(ruleset.rules && { rules: others(ruleset.rules) }),
        ...(ruleset.rules_compat && { rules_compat: others(ruleset.rules_compat) }),
        ...(ruleset.custom_rules && { custom_rules: others(ruleset.custom_rules) }),
      },
    ]),
  );
}

/** Results with, in the last run, only the events that both have. */
function commonInLast(views: readonly View[], others: readonly View[]): View[] {
  return views.map((view, index) => {
    if (index < views.length - 1) return view;
    const events = view.events.filter((event) => others[index]!.events.some((its) => same(its, event)));
    return { ...view, events, keep: true, actions: {}, attributes: {} };
  });
}
