/** What an evaluation writes: signals and the rule's progress, all or nothing. */
import type { State } from '../state/state.ts';
import type { SignalContent } from './build-signal.ts';
import { storable } from './storable.ts';

/** Milliseconds since the epoch. */
export interface Progress {
  countedUntil: number;
  evaluatedUntil: number;
}

export interface Insertion {
  id: string;
  groupKey: string;
  eventsCounted: number;
  content: SignalContent;
}

export interface Update {
  id: string;
  eventsCounted: number;
  /** Whether a case held, so that the signal stays open from now on. */
  triggered: boolean;
  content: SignalContent | undefined;
}

export interface Evaluation {
  ruleId: string;
  now: number;
  /** The progress that the evaluation started from; undefined for the first. */
  progress: Progress | undefined;
  next: Progress;
  insertions: readonly Insertion[];
  updates: readonly Update[];
}

/** Another process has evaluated the rule meanwhile; the evaluation is to be repeated. */
export class EvaluationConflict extends Error {
  override readonly name = 'EvaluationConflict';
  readonly code = 'evaluation_conflict';
}

export async function readProgress(state: State, ruleId: string): Promise<Progress | undefined> {
  const [row] = await state.query<{ counted_until: Date; evaluated_until: Date }>(
    'SELECT counted_until, evaluated_until FROM detection_progress WHERE rule_id = $1',
    [ruleId],
  );
  return row && { countedUntil: row.counted_until.getTime(), evaluatedUntil: row.evaluated_until.getTime() };
}

/** Writes an evaluation. Throws EvaluationConflict, or what the state throws, with nothing written. */
export async function writeEvaluation(state: State, evaluation: Evaluation): Promise<void> {
  const { ruleId, now, progress, next, insertions, updates } = evaluation;
  const changes = updates.flatMap(({ content, ...rest }) => (content ? [{ ...rest, content }] : []));
  const counts = updates.filter((update) => !update.content);
  await state.transaction(async (query) => {
    const moved = await query(progress ? MOVE_PROGRESS : BEGIN_PROGRESS, [
      ruleId,
      new Date(next.countedUntil),
      new Date(next.evaluatedUntil),
      ...(progress ? [new Date(progress.countedUntil), new Date(progress.evaluatedUntil)] : []),
    ]);
    if (moved.length === 0)
      throw new EvaluationConflict(`rule ${ruleId} was evaluated by another process meanwhile`);
    if (insertions.length > 0) {
      const rows = insertions.map(({ id, groupKey, eventsCounted, content }) => ({
        id,
        group_key: groupKey,
        events_counted: eventsCounted,
        ...columns(content),
      }));
      await query(INSERT_SIGNALS, [ruleId, new Date(now), json(rows)]);
    }
    if (changes.length > 0) {
      const rows = changes.map(({ id, eventsCounted, triggered, content }) => ({
        id,
        triggered,
        events_counted: eventsCounted,
        ...columns(content),
      }));
      await query(UPDATE_SIGNALS, [new Date(now), json(rows)]);
    }
    if (counts.length > 0) {
      const rows = counts.map(({ id, eventsCounted }) => ({ id, events_counted: eventsCounted }));
      await query(UPDATE_COUNTS, [json(rows)]);
    }
  });
}

const json = (rows: readonly object[]) =>
  JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value));

function columns(content: SignalContent) {
  return {
    status: content.status,
    first_seen: new Date(content.firstSeen).toISOString(),
    last_seen: new Date(content.lastSeen).toISOString(),
    events_matched: content.eventsMatched,
    service: content.service,
    env: content.env,
    body: content.body,
  };
}

const BEGIN_PROGRESS = `
INSERT INTO detection_progress (rule_id, counted_until, evaluated_until) VALUES ($1, $2, $3)
ON CONFLICT (rule_id) DO NOTHING RETURNING rule_id`;

const MOVE_PROGRESS = `
UPDATE detection_progress SET counted_until = $2, evaluated_until = $3
WHERE rule_id = $1 AND counted_until = $4 AND evaluated_until = $5 RETURNING rule_id`;

const CONTENT_COLUMNS =
  'status text, first_seen timestamptz, last_seen timestamptz, events_matched bigint, events_counted bigint, service text[], env text[], body jsonb';

const INSERT_SIGNALS = `
INSERT INTO signals (id, rule_id, group_key, status, first_seen, last_seen, triggered_at, created_at, events_matched,
                     events_counted, service, env, body)
SELECT id, $1, group_key, status, first_seen, last_seen, $2, $2, events_matched, events_counted, service, env, body
FROM jsonb_to_recordset($3::jsonb) AS given (id text, group_key text, ${CONTENT_COLUMNS})`;

const UPDATE_SIGNALS = `
UPDATE signals SET
  status = given.status,
  first_seen = given.first_seen,
  last_seen = given.last_seen,
  triggered_at = CASE WHEN given.triggered THEN $1 ELSE signals.triggered_at END,
  events_matched = given.events_matched,
  events_counted = given.events_counted,
  service = given.service,
  env = given.env,
  body = given.body
FROM jsonb_to_recordset($2::jsonb) AS given (id text, triggered boolean, ${CONTENT_COLUMNS})
WHERE signals.id = given.id`;

const UPDATE_COUNTS = `
UPDATE signals SET events_counted = given.events_counted
FROM jsonb_to_recordset($1::jsonb) AS given (id text, events_counted bigint)
WHERE signals.id = given.id`;
