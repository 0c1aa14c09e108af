/** Signals in PostgreSQL: a page of them, one, and changes of their triage. */
import { PostgresParameters, toPostgres } from '../search/index.ts';
import type { State } from '../state/state.ts';
import type { PageRequest, Position } from './page-request.ts';
import type { SignalWithPeople } from './render.ts';

/** One page of signals, and where it ends if there are more. `now` in milliseconds since the epoch. */
export async function listSignals(
  state: State,
  request: PageRequest,
  now: number,
): Promise<{ signals: SignalWithPeople[]; last: Position | undefined }> {
  const parameters = new PostgresParameters();
  const sql = signalsSql(request, parameters, now);
  const rows = await state.query<SignalWithPeople>(sql, parameters.values);
  const signals = rows.slice(0, request.limit);
  const end = rows.length > request.limit ? signals.at(-1) : undefined;
  return { signals, last: end && { time: String(end.triggered_at.getTime()), id: end.id } };
}

/** One more than the page holds, to tell whether there are more. */
export function signalsSql(request: PageRequest, parameters: PostgresParameters, now: number): string {
  const { query, range, descending, limit, cursor } = request;
  const conditions = [
    toPostgres(query, parameters, now),
    ...(range.from === undefined ? [] : [`triggered_at >= ${parameters.time(range.from)}`]),
    ...(range.to === undefined ? [] : [`triggered_at <= ${parameters.time(range.to)}`]),
    ...(cursor
      ? [
          `(triggered_at, id) ${descending ? '<' : '>'} (${parameters.time(Number(cursor.time))}, ${parameters.add(cursor.id)}::text)`,
        ]
      : []),
  ];
  const direction = descending ? 'DESC' : 'ASC';
  return `${withPeople(
    `SELECT * FROM signals
  WHERE ${conditions.join('\n    AND ')}
  ORDER BY triggered_at ${direction}, id ${direction} LIMIT ${limit + 1}`,
  )}
ORDER BY triggered_at ${direction}, page.id ${direction}`;
}

/** The signal with this id, or undefined. */
export async function findSignal(state: State, id: string): Promise<SignalWithPeople | undefined> {
  if (id.includes('\0')) return undefined;
  const [row] = await state.query<SignalWithPeople>(withPeople('SELECT * FROM signals WHERE id = $1'), [id]);
  return row;
}

function withPeople(signals: string): string {
  return `SELECT page.*, assigned.email AS assignee_handle, assigned.name AS assignee_name,
  updater.email AS updater_handle, updater.name AS updater_name
FROM (
  ${signals}
) AS page
LEFT JOIN users AS assigned ON assigned.id = page.assignee
LEFT JOIN users AS updater ON updater.id = page.state_updated_by`;
}

export interface TriageChange {
  state?: 'open' | 'archived' | 'under_review';
  archiveReason?: string;
  archiveComment?: string;
  /** The uuid of a user, null for nobody. */
  assignee?: string | null;
  /** Refuse the change if the signal has been changed since this version. */
  version?: number;
  /** Who changes it, if known. */
  by: string | null;
}

/** Changes a signal's triage. False if there is no such signal, or it is newer than the change's version. */
export async function changeTriage(
  state: State,
  id: string,
  change: TriageChange,
  now: number,
): Promise<boolean> {
  const isState = change.state !== undefined;
  const rows = await state.query(
    `UPDATE signals SET
       state = coalesce($2, state),
       archive_reason = coalesce($3, archive_reason),
       archive_comment = coalesce($4, archive_comment),
       assignee = CASE WHEN $5 THEN $6::uuid ELSE assignee END,
       triage_version = triage_version + 1,
       state_updated_at = CASE WHEN $7 THEN $8 ELSE state_updated_at END,
       state_updated_by = CASE WHEN $7 THEN $9::uuid ELSE state_updated_by END
     WHERE id = $1 AND ($10::integer IS NULL OR triage_version <= $10::integer) RETURNING id`,
    [
      id,
      change.state ?? null,
      change.archiveReason ?? null,
      change.archiveComment ?? null,
      change.assignee !== undefined,
      change.assignee ?? null,
      isState,
      new Date(now),
      change.by,
      change.version ?? null,
    ],
  );
  return rows.length > 0;
}

/** Whether there is a user with this uuid. */
export async function isUser(state: State, uuid: string): Promise<boolean> {
  return (await state.query('SELECT 1 FROM users WHERE id = $1::uuid', [uuid])).length > 0;
}
