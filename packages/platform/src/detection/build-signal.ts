/** What a signal says, from the group of events that triggered it. */
import { documentReader, reference } from '../search/index.ts';
import { compareSeverity, SEVERITIES, type Severity } from '../signals/severity.ts';
import type { SignalAttributes, SignalBody, SignalSample, Values } from '../signals/signal.ts';
import type { CompiledRule } from './compile-rule.ts';
import { renderTemplate } from './template.ts';
import { type Group, MAX_SEEN, MISSING } from './window.ts';

type RuleCase = CompiledRule['cases'][number];

export interface SignalContent {
  status: Severity;
  firstSeen: number;
  lastSeen: number;
  eventsMatched: number;
  service: string[];
  env: string[];
  body: SignalBody;
}

/** How many of a signal's events it carries; the API gives the others. */
export const MAX_SAMPLES = 20;
/** How many of these stay the earliest ones. */
const EARLIEST_SAMPLES = 10;

/**
 * Puts a signal together. `triggering` is the case to name and its severity; `samples` the newest events, newest first;
 * `earlier` what the signal said before these events joined it; times in milliseconds since the epoch.
 */
export function buildSignal(input: {
  rule: CompiledRule;
  group: Group;
  triggering: { name: string; condition: string; status: Severity };
  firstSeen: number;
  lastSeen: number;
  eventsMatched: number;
  samples: readonly SignalSample[];
  internalId: string;
  earlier?: SignalBody;
}): SignalContent {
  const { rule, group, triggering, earlier } = input;
  const { definition } = rule;
  const seen = mergeSeen(earlier?.seen, group.seen);
  const service = seen.service ?? [];
  const env = seen.env ?? [];
  const tags = unique([
    ...definition.tags,
    'source:application-security',
    ...env.map((value) => `env:${value}`),
    ...service.map((value) => `service:${value}`),
  ]);
  const custom: SignalAttributes = {
    title: triggering.name ? `${definition.name} - ${triggering.name}` : definition.name,
    entities: rule.groupBy.map((field, index) => `${fieldName(field)}:${group.values[index]}`),
    groupByPaths: rule.groupBy.map(fieldName),
    internal_id: input.internalId,
    workflow: {
      rule: {
        id: rule.id,
        name: definition.name,
        type: 'Application Security',
        version: rule.version,
        detectionMethod: 'threshold',
        isDefaultRule: rule.isDefault,
        ...(rule.defaultVersion !== null && {
          defaultRuleId: rule.id,
          defaultRuleVersion: rule.defaultVersion,
        }),
      },
    },
    triggeringRuleCase: triggering,
    queries: rule.queries.map((query, index) => {
      const source = definition.queries[index]!;
      return {
        name: query.name,
        query: source.query,
        aggregation: query.aggregation,
        groupByPaths: source.groupByFields,
        distinctFields: source.distinctFields,
        metric: source.metric ?? null,
        aggregationDetails: {
          eventsCount: group.eventsOfQuery[index]!,
          distinctValues: [],
          value: group.results[query.name]!.value,
        },
      };
    }),
    samples: mergeSamples(input.samples, earlier?.custom.samples ?? []),
    relatedLogsQueryUrl: eventsUrl(rule, group, input.firstSeen, input.lastSeen),
    ...(some(seen.host) && { hostname: some(seen.host)! }),
    ...section('http', {
      client_ip: some(seen.client_ip),
      method: some(seen.method),
      route: some(seen.route),
      useragent: some(seen.user_agent),
    }),
    ...(some(seen.client_ip) && { network: { client: { ip: some(seen.client_ip)! } } }),
    ...section('usr', { id: some(seen.user_id), login: some(seen.user_login) }),
    appsec: {
      ...defined({
        security_activity: some(seen.activity),
        category: some(seen.category),
        type: some(seen.type),
        rule_id: some(seen.rule_id),
      }),
      blocked: group.blocked || (earlier?.custom.appsec.blocked ?? false),
    },
  };
  const message = renderTemplate(definition.message, (name) => variable(name, { ...input, custom, tags }));
  return {
    status: triggering.status,
    firstSeen: input.firstSeen,
    lastSeen: input.lastSeen,
    eventsMatched: input.eventsMatched,
    service,
    env,
    body: { message, tags, custom, seen },
  };
}

/** The severity of a case for a group: one level less where the rule says so and every env is one of people's own. */
export function severityOf(rule: CompiledRule, { status }: RuleCase, group: Group): Severity {
  const envs = group.seen.env ?? [];
  const isOwn = envs.length > 0 && envs.every((env) => /^(?:staging|test|dev)/.test(env));
  if (!rule.definition.options.decreaseCriticalityBasedOnEnv || !isOwn) return status;
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(status) - 1)]!;
}

/** Whether events make a signal more severe than it is. */
export const isRise = (from: Severity, to: Severity): boolean => compareSeverity(to, from) > 0;

interface VariableSource {
  rule: CompiledRule;
  group: Group;
  triggering: { name: string; status: Severity };
  firstSeen: number;
  lastSeen: number;
  eventsMatched: number;
  custom: SignalAttributes;
  tags: readonly string[];
}

/** Template variables beside tags and attributes, with Datadog's names. */
const VARIABLES: Readonly<Record<string, (source: VariableSource) => string>> = {
  severity: ({ triggering }) => triggering.status,
  rule_name: ({ rule }) => rule.definition.name,
  case_name: ({ triggering }) => triggering.name,
  events_matched: ({ eventsMatched }) => String(eventsMatched),
  first_seen: ({ firstSeen }) => new Date(firstSeen).toISOString(),
  last_seen: ({ lastSeen }) => new Date(lastSeen).toISOString(),
  first_seen_epoch: ({ firstSeen }) => String(Math.floor(firstSeen / 1000)),
  last_seen_epoch: ({ lastSeen }) => String(Math.floor(lastSeen / 1000)),
};

function variable(name: string, source: VariableSource): readonly string[] {
  if (Object.hasOwn(VARIABLES, name)) return [VARIABLES[name]!(source)];
  const place = source.rule.groupBy.findIndex((field) => fieldName(field) === name);
  if (place >= 0) return [source.group.values[place]!];
  const reader = documentReader.field(reference(name));
  return reader.kind === 'texts' ? reader.read({ tags: source.tags, custom: { ...source.custom } }) : [];
}

const fieldName = (field: CompiledRule['groupBy'][number]) => `${field.attribute ? '@' : ''}${field.name}`;

const unique = (values: readonly string[]): string[] => [...new Set(values)];

function mergeSeen(
  earlier: Readonly<Record<string, string[]>> | undefined,
  now: Readonly<Record<string, string[]>>,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(now).map(([name, values]) => [
      name,
      unique([...(earlier?.[name] ?? []), ...values]).slice(0, MAX_SEEN),
    ]),
  );
}

/** The newest and the earliest samples, newest first; both lists are in that order. */
function mergeSamples(newest: readonly SignalSample[], earlier: readonly SignalSample[]): SignalSample[] {
  const byId = new Map([...earlier, ...newest].map((sample) => [sample.id, sample]));
  const all = [...byId.values()].sort((a, b) => (a.content.timestamp < b.content.timestamp ? 1 : -1));
  if (all.length <= MAX_SAMPLES) return all;
  return [...all.slice(0, MAX_SAMPLES - EARLIEST_SAMPLES), ...all.slice(-EARLIEST_SAMPLES)];
}

/** One value as it is, several as a list, none as undefined. */
function some(values: readonly string[] | undefined): Values | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.length === 1 ? values[0] : [...values];
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends Record<string, unknown>>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

function section<K extends string, T extends Record<string, unknown>>(
  name: K,
  values: T,
): { [P in K]?: Defined<T> } {
  const present = defined(values);
  return (Object.keys(present).length > 0 ? { [name]: present } : {}) as { [P in K]?: Defined<T> };
}

/** Where the UI shows the events behind the signal. */
function eventsUrl(rule: CompiledRule, group: Group, from: number, to: number): string {
  const groups = rule.groupBy.map((field, index) => {
    const value = group.values[index]!;
    if (rule.optionalGroups && value === MISSING) return `-${fieldName(field)}:*`;
    return `${fieldName(field)}:"${value.replace(/["\\]/g, '\\$&')}"`;
  });
  const queries = rule.definition.queries.map(({ query }) => `(${query.trim() || '*'})`).join(' OR ');
  const query = [rule.queries.length > 1 ? `(${queries})` : queries, ...groups].join(' ');
  return `/traces?${new URLSearchParams({ query, from_ts: String(from), to_ts: String(to + 1) })}`;
}
