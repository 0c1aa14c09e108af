/** Evaluation of one rule: read the window, decide for each group, write the signals. */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { SignalRow, SignalSample } from '../signals/signal.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../store/store.ts';
import { buildSignal, isRise, MAX_SAMPLES, type SignalContent, severityOf } from './build-signal.ts';
import type { CompiledRule } from './compile-rule.ts';
import { evaluateCondition } from './condition.ts';
import { readSample, type SampleRow } from './samples.ts';
import { storable } from './storable.ts';
import {
  type EvaluationWindow,
  type Group,
  groupsStatement,
  groupValues,
  MAX_GROUPS,
  MAX_LISTED_GROUPS,
  readGroup,
  samplesStatement,
} from './window.ts';
import { type Insertion, readProgress, type Update, writeEvaluation } from './write.ts';

export interface EvaluationDeps {
  store: Store;
  state: State;
  log: Pick<Logger, 'warn' | 'error' | 'info'>;
}

/** How many signals an evaluation made, and to how many events joined. */
export interface EvaluationResult {
  created: number;
  updated: number;
}

/** Events may become visible in the store this long after the arrival that they carry. */
const VISIBILITY_MARGIN = 30_000;

type ActiveSignal = Pick<
  SignalRow,
  'id' | 'group_key' | 'status' | 'events_matched' | 'first_seen' | 'last_seen'
> & { events_counted: number };

/**
 * Evaluates the rule over the window that ends at `now` (milliseconds since the epoch) and writes what it finds. Running
 * it again, at once or after a restart, changes nothing unless there are new events. Throws if the store or the state
 * fails, or another process has evaluated the rule meanwhile; nothing has been written then.
 */
export async function evaluateRule(
  deps: EvaluationDeps,
  rule: CompiledRule,
  now: number,
): Promise<EvaluationResult> {
  const { store, state, log } = deps;
  const progress = await readProgress(state, rule.id);
  const window = windowOf(rule, progress, now);
  await closeExpired(state, rule, now);
  const active = new Map(
    (
      await state.query<ActiveSignal>(
        `SELECT id, group_key, status, events_matched, events_counted, first_seen, last_seen
         FROM signals WHERE rule_id = $1 AND active`,
        [rule.id],
      )
    ).map((signal) => [signal.group_key, signal]),
  );
  const groups = await readGroups(store, rule, window, [...active.keys()]);
  if (groups.length === MAX_GROUPS)
    log.warn({ rule: rule.id, groups: MAX_GROUPS }, 'more groups than are evaluated');

  const decisions = decide(rule, window, groups, active, await previousEnds(state, rule, groups, active));
  const changed = decisions.filter((decision) => decision.content);
  const samples = await readSamples(
    store,
    rule,
    window,
    changed.map(({ group }) => group.values),
  );
  const bodies = await readBodies(state, changed);

  const insertions: Insertion[] = [];
  const updates: Update[] = [];
  for (const decision of decisions) {
    const { group, key, signal, eventsCounted, content } = decision;
    const id = signal?.id ?? signalId(now);
    const earlier = signal && bodies.get(signal.id);
    const built: SignalContent | undefined =
      content &&
      buildSignal({
        rule,
        group,
        triggering: content.triggering ?? earlier!.custom.triggeringRuleCase,
        firstSeen: content.firstSeen,
        lastSeen: content.lastSeen,
        eventsMatched: content.eventsMatched,
        samples: samples.get(key) ?? [],
        internalId: `${rule.id}-${rule.version}-${id}`,
        ...(earlier && { earlier }),
      });
    if (signal) updates.push({ id, eventsCounted, triggered: content?.triggered ?? false, content: built });
    else if (built) insertions.push({ id, groupKey: key, eventsCounted, content: built });
  }
  await writeEvaluation(state, {
    ruleId: rule.id,
    now,
    progress,
    next: { countedUntil: window.countedAfter, evaluatedUntil: now },
    insertions,
    updates,
  });
  return { created: insertions.length, updated: updates.filter((update) => update.content).length };
}

function windowOf(
  rule: CompiledRule,
  progress: { countedUntil: number; evaluatedUntil: number } | undefined,
  now: number,
): EvaluationWindow {
  const from = now - Math.max(60, rule.definition.options.evaluationWindow) * 1000;
  const unseenSince = (progress?.evaluatedUntil ?? from) - VISIBILITY_MARGIN;
  const countedBefore = progress?.countedUntil ?? from;
  return {
    now,
    from,
    unseenSince: unseenSince < from ? unseenSince : undefined,
    countedBefore,
    countedAfter: Math.max(countedBefore, from),
  };
}

async function closeExpired(state: State, rule: CompiledRule, now: number): Promise<void> {
  const { keepAlive, maxSignalDuration } = rule.definition.options;
  await state.query(
    'UPDATE signals SET active = false WHERE rule_id = $1 AND active AND (triggered_at < $2 OR created_at < $3)',
    [rule.id, new Date(now - keepAlive * 1000), new Date(now - maxSignalDuration * 1000)],
  );
}

async function readGroups(
  store: Store,
  rule: CompiledRule,
  window: EvaluationWindow,
  activeKeys: readonly string[],
): Promise<Group[]> {
  const active = activeKeys.map((key) => {
    const values = JSON.parse(key) as Record<string, string>;
    return rule.groupBy.map((field) => values[`${field.attribute ? '@' : ''}${field.name}`] ?? '');
  });
  const { sql, params } = groupsStatement(rule, window, active);
  const rows = await store.query<Record<string, string | number | string[]>>(sql, params);
  return rows.map((row) => readGroup(rule, row));
}

/** When the last signal of each group without an active one ended: only later events can make a new one. */
async function previousEnds(
  state: State,
  rule: CompiledRule,
  groups: readonly Group[],
  active: ReadonlyMap<string, ActiveSignal>,
): Promise<ReadonlyMap<string, number>> {
  const keys = groups.map((group) => groupKey(rule, group.values)).filter((key) => !active.has(key));
  if (keys.length === 0) return new Map();
  const rows = await state.query<{ group_key: string; last_seen: Date }>(
    `SELECT group_key, max(last_seen) AS last_seen FROM signals
     WHERE rule_id = $1 AND md5(group_key) IN (SELECT md5(jsonb_array_elements_text($2::jsonb)))
     GROUP BY group_key`,
    [rule.id, JSON.stringify(keys)],
  );
  return new Map(rows.map((row) => [row.group_key, row.last_seen.getTime()]));
}

interface Decision {
  group: Group;
  key: string;
  signal: ActiveSignal | undefined;
  eventsCounted: number;
  /** What changes of the signal; undefined if only its count of events that are not counted again does. */
  content:
    | {
        /** The case that raises it (or makes it), if one does. */
        triggering: { name: string; condition: string; status: SignalRow['status'] } | undefined;
        /** Whether a case holds. */
        triggered: boolean;
        firstSeen: number;
        lastSeen: number;
        eventsMatched: number;
      }
    | undefined;
}

function decide(
  rule: CompiledRule,
  window: EvaluationWindow,
  groups: readonly Group[],
  active: ReadonlyMap<string, ActiveSignal>,
  previousEnds: ReadonlyMap<string, number>,
): Decision[] {
  return groups.flatMap((group): Decision[] => {
    const key = groupKey(rule, group.values);
    const signal = active.get(key);
    const matched = rule.cases.find(({ condition }) => evaluateCondition(condition, group.results));
    const status = matched && severityOf(rule, matched, group);
    const triggering = matched && status && { name: matched.name, condition: matched.text, status };
    if (!signal) {
      const isNew = group.lastSeen > (previousEnds.get(key) ?? -Infinity);
      if (!triggering || !isNew) return [];
      const content = {
        triggering,
        triggered: true,
        firstSeen: group.firstSeen,
        lastSeen: Math.min(group.lastSeen, window.now),
        eventsMatched: group.eventsInWindow,
      };
      return [{ group, key, signal, eventsCounted: group.lateInWindow, content }];
    }
    const eventsCounted = signal.events_counted + group.newlyCounted;
    const eventsMatched = eventsCounted + group.uncounted;
    const rises = triggering !== undefined && isRise(signal.status, triggering.status);
    if (eventsMatched <= signal.events_matched && !rises)
      return group.newlyCounted > 0 ? [{ group, key, signal, eventsCounted, content: undefined }] : [];
    const content = {
      triggering: rises ? triggering : undefined,
      triggered: triggering !== undefined,
      firstSeen: Math.min(signal.first_seen.getTime(), group.firstSeen || Infinity),
      lastSeen: Math.max(signal.last_seen.getTime(), Math.min(group.lastSeen, window.now)),
      eventsMatched: Math.max(eventsMatched, signal.events_matched),
    };
    return [{ group, key, signal, eventsCounted, content }];
  });
}

async function readSamples(
  store: Store,
  rule: CompiledRule,
  window: EvaluationWindow,
  groups: readonly (readonly string[])[],
): Promise<ReadonlyMap<string, SignalSample[]>> {
  const samples = new Map<string, SignalSample[]>();
  for (let from = 0; from < groups.length; from += MAX_LISTED_GROUPS) {
    const listed = groups.slice(from, from + MAX_LISTED_GROUPS);
    const { sql, params } = samplesStatement(rule, window, listed, MAX_SAMPLES);
    for (const row of await store.query<SampleRow>(sql, params)) {
      const key = groupKey(rule, groupValues(rule, { ...row }));
      const list = samples.get(key);
      if (list) list.push(readSample(row));
      else samples.set(key, [readSample(row)]);
    }
  }
  return samples;
}

async function readBodies(state: State, decisions: readonly Decision[]) {
  const ids = decisions.flatMap(({ signal }) => (signal ? [signal.id] : []));
  if (ids.length === 0) return new Map<string, SignalRow['body']>();
  const rows = await state.query<Pick<SignalRow, 'id' | 'body'>>(
    'SELECT id, body FROM signals WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb))',
    [JSON.stringify(ids)],
  );
  return new Map(rows.map(({ id, body }) => [id, body]));
}

/** The values that a signal is about, as canonical JSON. */
function groupKey(rule: CompiledRule, values: readonly string[]): string {
  const entries = rule.groupBy.map((field, index): [string, string] => [
    `${field.attribute ? '@' : ''}${field.name}`,
    storable(values[index]!),
  ]);
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** 24 URL-safe characters, the first eight of them the time, so that ids sort by it. */
function signalId(now: number): string {
  const bytes = randomBytes(18);
  bytes.writeUIntBE(now, 0, 6);
  return bytes.toString('base64url');
}
