import { same, type View } from './compare.ts';
import { type DetectorDifference, DIFFERENCES, type Finding } from './detector-table.ts';
import type { KnownDifference, Observed } from './known-differences.ts';
import { openOurs, openTheirs, type Peer } from './peers.ts';
import { valueAt, valueIn } from './rewriting.ts';
import { ruleById } from './rulesets.ts';

interface DetectorParameter {
  resource: { address: string; key_path: string[]; value: string };
  params: { address: string; key_path: string[]; value: string };
  db_type?: { value: string };
  highlight: string[];
}

const REASON = "the detectors' other differences, each explained at its detector in `detect/`";

type Event = View['events'][number];

/** What is shown has no part in the verdict. */
const SHOWN: KnownDifference = {
  name: 'literals in the SQL statement, blanks around the program, and how much of an argument is shown',
  reason: REASON,
  applies: ({ ours, theirs }) => !same(withShownArguments(ours, theirs), ours),
  views: (ours, theirs) => [withShownArguments(ours, theirs), [...theirs]],
};

function withShownArguments(ours: readonly View[], theirs: readonly View[]): View[] {
  return ours.map((view, run) => ({
    ...view,
    events: view.events.map((event) => {
      const other = theirs[run]!.events.find(({ rule }) => rule.id === event.rule.id);
      const matches = event.matches.map((match, index) => {
        const [mine] = match.parameters as unknown as DetectorParameter[];
        const [their] = (other?.matches[index]?.parameters ?? []) as unknown as DetectorParameter[];
        if (mine === undefined || their === undefined) return match;
        return { ...match, parameters: [shownAs(their, mine, match.operator) as never] };
      });
      return { ...event, matches };
    }),
  }));
}

/** UTF-16 code units of a value that this engine's events show. */
const EXCERPT = 4096;

function shownAs(their: DetectorParameter, found: DetectorParameter, operator: string): DetectorParameter {
  if (found.resource === undefined) return found;
  const { value } = found.resource;
  const isExcerpt = value.length === EXCERPT && their.resource.value.includes(value);
  const mine = isExcerpt ? { ...found, resource: their.resource } : found;
  if (operator === 'sqli_detector') {
    return { ...mine, resource: { ...mine.resource, value: their.resource.value } };
  }
  if (operator === 'cmdi_detector') {
    const isSame = mine.params.value.toWellFormed().trim() === their.params.value.trim();
    if (isSame) return { ...mine, params: their.params, highlight: their.highlight };
  }
  return mine;
}

export const DETECTOR_DIFFERENCES: readonly KnownDifference[] = [
  SHOWN,
  ...DIFFERENCES.map(differenceOfDetector),
];

function differenceOfDetector(difference: DetectorDifference): KnownDifference {
  return {
    name: difference.name,
    reason: REASON,
    applies: (observed) => explained(difference, observed).length > 0,
    views: (ours, theirs, observed) => {
      const ruleIds = new Set(
        explained(difference, { ...observed, ours, theirs }).map(({ ruleId }) => ruleId),
      );
      return [ours.map((view) => without(view, ruleIds)), theirs.map((view) => without(view, ruleIds))];
    },
  };
}

function explained(difference: DetectorDifference, observed: Observed): Finding[] {
  return disputed(observed).filter(
    (finding) =>
      difference.detectors.includes(finding.detector) &&
      difference.by === finding.by &&
      difference.accountsFor(finding),
  );
}

function disputed({ peers, input, ours, theirs }: Observed): Finding[] {
  const findings: Finding[] = [];
  for (const [run, view] of ours.entries()) {
    const ids = new Set([...view.events, ...theirs[run]!.events].map(({ rule }) => rule.id));
    for (const id of ids) {
      const ourEvent = view.events.find(({ rule }) => rule.id === id);
      const theirEvent = theirs[run]!.events.find(({ rule }) => rule.id === id);
      if (same(ourEvent, theirEvent)) continue;
      const definition = ruleById(peers.configurations, id);
      const position =
        definition?.conditions.findIndex((one) => /_detector(@v\d)?$/.test(one.operator)) ?? -1;
      if (position < 0) continue;
      const { operator, parameters } = definition!.conditions[position]!;
      const { theyFind, weFind } = oraclesFor(operator, parameters);
      const finding = (by: Finding['by'], event: Event | undefined) => {
        const parameter = event?.matches[position]?.parameters[0] as unknown as DetectorParameter | undefined;
        if (parameter === undefined) return;
        const { resource, params, db_type, highlight } = parameter;
        const argument = valueAt(valueIn(input, run, resource.address), resource.key_path) as
          | string
          | string[];
        const system = db_type?.value ?? '';
        const otherFinds = by === 'us' ? theyFind : weFind;
        if (otherFinds(argument, system, params.value)) return;
        findings.push({
          ruleId: id,
          detector: operator.replace(/@.*/, ''),
          by,
          argument,
          system,
          input: params.value,
          highlight: highlight[0] ?? '',
          theyFind: (other, text, its = system) => theyFind(other, its, text),
          weFind: (other, text, its = system) => weFind(other, its, text),
        });
      };
      finding('us', ourEvent);
      finding('libddwaf', theirEvent);
    }
  }
  return findings;
}

type Oracle = (argument: Finding['argument'], system: string, input: string) => boolean;
type Oracles = Record<'theyFind' | 'weFind', Oracle>;
const oracles = new Map<string, Oracles>();

/** A detector of either engine alone. */
function oraclesFor(operator: string, parameters: Record<string, unknown>): Oracles {
  const alone = {
    ...parameters,
    resource: [{ address: 'argument' }],
    params: [{ address: 'input' }],
    ...(parameters.db_type !== undefined && { db_type: [{ address: 'system' }] }),
  };
  const key = JSON.stringify([operator, alone]);
  let known = oracles.get(key);
  if (known === undefined) {
    const rule = { id: 'r', name: 'r', tags: { type: 't' }, conditions: [{ operator, parameters: alone }] };
    const configurations = { default: { version: '2.2', rules: [rule] } };
    const oracle = (peer: Peer): Oracle => {
      return (argument, system, input) =>
        peer.run([{ persistent: { argument, system, input: [input] } }])[0]!.events.length > 0;
    };
    known = { theyFind: oracle(openTheirs(configurations)!), weFind: oracle(openOurs(configurations)!) };
    oracles.set(key, known);
  }
  return known;
}

/** A result without some events, and without what only they may have asked for. */
function without(view: View, ruleIds: ReadonlySet<string>): View {
  const events = view.events.filter(({ rule }) => !ruleIds.has(rule.id));
  const { generate_stack, ...actions } = view.actions;
  return {
    ...view,
    events,
    keep: true,
    actions: events.some(({ stack }) => stack) && generate_stack !== undefined ? view.actions : actions,
  };
}
