import type { ActionDefinition, ExclusionDefinition, Ruleset } from '../src/index.ts';
import { same, type View } from './compare.ts';
import type { KnownDifference, Observed } from './known-differences.ts';
import { type Configurations, openOurs, openTheirs, type Peer } from './peers.ts';
import type { Input } from './requests.ts';
import { eachItsOwnType, ruleById } from './rulesets.ts';

const KNOWN_MODULES: ReadonlySet<string> = new Set([
  ...['network-acl', 'authentication-acl', 'custom-acl', 'configuration', 'business-logic', 'rasp', 'waf'],
]);

/** What libddwaf leaves to its hash tables. */
export const LEFT_TO_CHANCE: readonly KnownDifference[] = [
  {
    name: 'the order of rules before a block',
    reason: 'of the rules of a module that could block the first in the file does',
    ...differenceInOrder(isAboutBlocks),
  },
  {
    name: 'which rule of a type',
    reason: 'of the rules of a type the first in the file reports',
    ...differenceInOrder(isAboutTypes),
  },
  {
    name: 'a type that is reported twice',
    reason: 'a context reports one rule of a type, also of a type that has rules that block',
    isLast: true,
    applies: (observed) => runReportedAgain(observed) > 0,
    bothInputs: (input, observed) => input.slice(0, runReportedAgain(observed)),
    views: (ours, theirs) => [[...ours], [...theirs]],
  },
];

/**
 * The first run that differs, if all that does are rules that libddwaf reports of types that it has reported before;
 * else -1.
 */
function runReportedAgain({ peers: { configurations }, ours, theirs }: Observed): number {
  const run = ours.findIndex((view, index) => !same(view, theirs[index]));
  if (run < 1 || onlyIn(ours[run]!, theirs[run]!).length > 0) return -1;
  const typeOf = (id: string) => ruleById(configurations, id)?.tags.type;
  const before = theirs.slice(0, run).flatMap(idsOf).map(typeOf);
  const again = onlyIn(theirs[run]!, ours[run]!);
  return again.length > 0 && again.every((id) => before.includes(typeOf(id))) ? run : -1;
}

/** The first run in which the two report other rules. */
interface Dispute {
  readonly configurations: Configurations;
  readonly our: View;
  readonly their: View;
  /** Rules that only one of the two reports. */
  readonly onlyOurs: readonly string[];
  readonly onlyTheirs: readonly string[];
  /** Rules that were reported in earlier runs. */
  readonly before: readonly string[];
}

/**
 * A difference in the order of rules: each engine finds what only the other reports once rules are not in each other's
 * way. What follows in the context is not compared.
 */
function differenceInOrder(
  isAbout: (dispute: Dispute) => boolean,
): Pick<KnownDifference, 'applies' | 'isLast' | 'bothInputs' | 'views'> {
  const found = new WeakMap<Observed['ours'], number | undefined>();
  const runOf = (observed: Observed): number | undefined => {
    if (!found.has(observed.ours)) found.set(observed.ours, runInDispute(observed, isAbout));
    return found.get(observed.ours);
  };
  return {
    isLast: true,
    applies: (observed) => runOf(observed) !== undefined,
    bothInputs: (input, observed) => input.slice(0, runOf(observed)! + 1),
    views: (ours, theirs) => [commonInLast(ours, theirs), commonInLast(theirs, ours)],
  };
}

function runInDispute(
  { peers: { configurations }, input, ours, theirs }: Observed,
  isAbout: (dispute: Dispute) => boolean,
): number | undefined {
  const atRequest = (view: View) => idsOf(view).filter((id) => !isAtSink(configurations, id));
  const run = ours.findIndex((view, index) => !same(atRequest(view), atRequest(theirs[index]!)));
  if (run < 0) return undefined;
  const our = ours[run]!;
  const their = theirs[run]!;
  const dispute = {
    configurations,
    our,
    their,
    onlyOurs: onlyIn(our, their).filter((id) => !isAtSink(configurations, id)),
    onlyTheirs: onlyIn(their, our).filter((id) => !isAtSink(configurations, id)),
    before: ours.slice(0, run).flatMap(idsOf),
  };
  if (!isAbout(dispute)) return undefined;
  const runs = input.slice(0, run + 1);
  const twin = apart(configurations);
  const isFound = finds(twin.theirs, runs, dispute.onlyOurs) && finds(twin.ours, runs, dispute.onlyTheirs);
  return isFound ? run : undefined;
}

/** Undefined if one refuses the configurations. */
type Twin = { readonly [side in 'ours' | 'theirs']: Peer | undefined };

const twins = new WeakMap<Configurations, Twin>();

/** Engines for which each rule is of a type of its own and none blocks. */
function apart(configurations: Configurations): Twin {
  let twin = twins.get(configurations);
  if (twin === undefined) {
    const separate = monitoring(configurations);
    twin = { ours: openOurs(separate), theirs: openTheirs(separate) };
    twins.set(configurations, twin);
  }
  return twin;
}

function monitoring(configurations: Configurations): Configurations {
  const rulesets = Object.entries(configurations) as [string, Ruleset][];
  const noted = (action: ActionDefinition) =>
    /^(?:block|redirect)_request$/.test(action.type)
      ? { id: action.id, type: 'noted', parameters: {} }
      : action;
  const watching = (one: ExclusionDefinition) =>
    one.on_match === undefined || one.on_match === 'bypass' ? one : { ...one, on_match: 'monitor' };
  const isDefined = rulesets.some(([, { actions }]) => actions?.some(({ id }) => id === 'block'));
  const separate = rulesets.map(([path, ruleset]): [string, object] => [
    path,
    {
      ...eachItsOwnType(ruleset),
      ...(ruleset.actions && { actions: ruleset.actions.map(noted) }),
      ...(ruleset.exclusions && { exclusions: ruleset.exclusions.map(watching) }),
    },
  ]);
  const block = { actions: [{ id: 'block', type: 'noted', parameters: {} }] };
  return Object.fromEntries(isDefined ? separate : [...separate, ['noted', block]]);
}

/** Whether both block, and all in dispute is of the module of the blocks. */
function isAboutBlocks({ configurations, our, their, onlyOurs, onlyTheirs }: Dispute): boolean {
  const blocks = [blockingRules(our), blockingRules(their)];
  if (blocks.some(({ length }) => length === 0)) return false;
  const rules = [...blocks.flat(), ...onlyOurs, ...onlyTheirs];
  return new Set(rules.map((id) => moduleOf(configurations, id))).size === 1;
}

/**
 * Whether the rules in dispute are of the same types. Where one of them blocks and the other of its type doesn't, the
 * one without the block has more to report. Where a rule of the type was reported before, the others may have been
 * looked at then or not, and their conditions with them.
 */
function isAboutTypes({ configurations, our, their, onlyOurs, onlyTheirs, before }: Dispute): boolean {
  const typeOf = (id: string) => `${moduleOf(configurations, id)} ${ruleById(configurations, id)?.tags.type}`;
  const types = (ids: readonly string[]) => ids.map(typeOf).sort();
  const newTypes = (ids: readonly string[]) => types(ids).filter((type) => !types(before).includes(type));
  if (same(newTypes(onlyOurs), newTypes(onlyTheirs))) return true;
  const isIn = (fewer: readonly string[], more: readonly string[], block: readonly string[]) =>
    block.length > 0 &&
    block.every((id) => fewer.includes(id)) &&
    types(fewer).every((type) => types(more).includes(type));
  const [ourBlock, theirBlock] = [blockingRules(our), blockingRules(their)];
  if (theirBlock.length === 0) return isIn(onlyOurs, onlyTheirs, ourBlock);
  return ourBlock.length === 0 && isIn(onlyTheirs, onlyOurs, theirBlock);
}

/** Rules of modules that are not known are evaluated with those of none. */
function moduleOf(configurations: Configurations, id: string): string {
  const module = ruleById(configurations, id)?.tags.module;
  return module !== undefined && KNOWN_MODULES.has(module) ? module : 'waf';
}

/** Findings at sinks have differences of their own, and are not blocking here. */
function isAtSink(configurations: Configurations, id: string): boolean {
  return (
    ruleById(configurations, id)?.conditions.some(({ operator }) => operator.includes('_detector')) === true
  );
}

function blockingRules({ events }: View): string[] {
  return events.filter(({ response }) => response).map(({ rule }) => rule.id);
}

/** The rules that only one of two results reports. */
function onlyIn(view: View, other: View): string[] {
  return idsOf(view).filter((id) => !idsOf(other).includes(id));
}

function idsOf({ events }: View): string[] {
  return events.map(({ rule }) => rule.id);
}

/** Whether all of these rules are reported. */
function finds(peer: Peer | undefined, input: Input, ids: readonly string[]): boolean {
  const events = (peer?.run(input) ?? []).flatMap((result) => result.events);
  return ids.every((id) => events.some(({ rule }) => rule.id === id));
}

/** Results with, in the last run, only the events that both have. */
function commonInLast(views: readonly View[], others: readonly View[]): View[] {
  return views.map((view, index) => {
    if (index < views.length - 1) return view;
    const events = view.events.filter(({ rule }) => idsOf(others[index]!).includes(rule.id));
    return { ...view, events, keep: true, actions: {}, attributes: {} };
  });
}
