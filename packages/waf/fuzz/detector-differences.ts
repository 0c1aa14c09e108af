import { same, type View } from './compare.ts';
import type { KnownDifference, Observed } from './known-differences.ts';
import { openTheirs, type Peer } from './peers.ts';
import { valueAt, valueIn } from './rewriting.ts';
import { ruleById } from './rulesets.ts';

/** An input of the request that one of the two finds in a sink's argument and the other doesn't. */
interface Finding {
  readonly ruleId: string;
  readonly detector: string;
  readonly by: 'us' | 'libddwaf';
  readonly argument: string | readonly string[];
  readonly system: string;
  readonly input: string;
  readonly highlight: string;
  /** Whether libddwaf finds another input in another argument of the same sink. */
  theyFind(argument: Finding['argument'], input: string): boolean;
}

interface DetectorDifference {
  readonly name: string;
  readonly detectors: readonly string[];
  readonly by: Finding['by'];
  accountsFor(finding: Finding): boolean;
}

interface DetectorParameter {
  resource: { address: string; key_path: string[]; value: string };
  params: { address: string; key_path: string[]; value: string };
  db_type?: { value: string };
  highlight: string[];
}

type Event = View['events'][number];

/** In the order in which they are tried, each with what is said at its detector. */
const DIFFERENCES: readonly DetectorDifference[] = [
  {
    name: 'an input that the application trimmed or changed in case',
    detectors: ['sqli_detector', 'shi_detector', 'cmdi_detector', 'lfi_detector', 'ssrf_detector'],
    by: 'us',
    accountsFor: ({ argument, input, highlight, theyFind }) =>
      highlight !== input && theyFind(argument, highlight),
  },
  {
    name: 'an SQL statement with characters unknown to libddwaf',
    detectors: ['sqli_detector'],
    by: 'us',
    accountsFor: (finding) => !canTokenize(finding),
  },
];

const CONTROL = 'or 1=1 or 2=2';

/** Whether libddwaf finds an injection behind the statement, so that it reads all of it. */
function canTokenize({ argument, theyFind }: Finding): boolean {
  return ['', "'", '"', '`', '*/', ']'].some((end) => theyFind(`${argument}${end}\n ${CONTROL}`, CONTROL));
}

export const DETECTOR_DIFFERENCES: readonly KnownDifference[] = DIFFERENCES.map((difference) => ({
  name: difference.name,
  reason: 'the detectors’ differences, each explained at its detector in `detect/`',
  applies: (observed) => explained(difference, observed).length > 0,
  views: (ours, theirs, observed) => {
    const ruleIds = new Set(explained(difference, { ...observed, ours, theirs }).map(({ ruleId }) => ruleId));
    return [ours.map((view) => without(view, ruleIds)), theirs.map((view) => without(view, ruleIds))];
  },
}));

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
      const operator = definition?.conditions[0]?.operator ?? '';
      if (!/_detector(@v\d)?$/.test(operator)) continue;
      const oracle = oracleFor(operator, definition!.conditions[0]!.parameters);
      const finding = (by: Finding['by'], event: Event | undefined) => {
        const parameter = event?.matches[0]?.parameters[0] as unknown as DetectorParameter | undefined;
        if (parameter === undefined) return;
        const { resource, params, db_type, highlight } = parameter;
        const argument = valueAt(valueIn(input, run, resource.address), resource.key_path) as
          | string
          | string[];
        const theyFind = (other: Finding['argument'], text: string) =>
          oracle(other, db_type?.value ?? '', text);
        if (by === 'us' && theyFind(argument, params.value)) return;
        findings.push({
          ruleId: id,
          detector: operator.replace(/@.*/, ''),
          by,
          argument,
          system: db_type?.value ?? '',
          input: params.value,
          highlight: highlight[0] ?? '',
          theyFind,
        });
      };
      finding('us', ourEvent);
      finding('libddwaf', theirEvent);
    }
  }
  return findings;
}

type Oracle = (argument: Finding['argument'], system: string, input: string) => boolean;
const oracles = new Map<string, Oracle>();

/** A detector of libddwaf's alone. */
function oracleFor(operator: string, parameters: Record<string, unknown>): Oracle {
  const alone = {
    ...parameters,
    resource: [{ address: 'argument' }],
    params: [{ address: 'input' }],
    ...(parameters.db_type !== undefined && { db_type: [{ address: 'system' }] }),
  };
  const key = JSON.stringify([operator, alone]);
  let oracle = oracles.get(key);
  if (oracle === undefined) {
    const rule = { id: 'r', name: 'r', tags: { type: 't' }, conditions: [{ operator, parameters: alone }] };
    const peer = openTheirs({ default: { version: '2.2', rules: [rule] } }) as Peer;
    oracle = (argument, system, input) =>
      peer.run([{ persistent: { argument, system, input: [input] } }])[0]!.events.length > 0;
    oracles.set(key, oracle);
  }
  return oracle;
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
