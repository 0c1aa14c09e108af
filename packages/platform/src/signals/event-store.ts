/** Security events in ClickHouse: a page of them, by a query or behind a signal. */
import type { SecurityEvent } from '@wardline/telemetry';
import { groupSql } from '../detection/window.ts';
import { ClickHouseParameters, parseQuery, type Query, reference, toClickHouse } from '../search/index.ts';
import type { Store } from '../store/store.ts';
import type { PageRequest, Position } from './page-request.ts';
import type { SignalRow } from './signal.ts';

/** A row of `security_events` as the store gives it. */
export type EventRow = Omit<SecurityEvent, 'timestamp' | 'blocked'> & {
  /** Nanoseconds since the epoch. */
  time: string;
  received_at: string;
  blocked: number;
};

/** One page of events, and where it ends if there are more. `now` in milliseconds since the epoch. */
export async function listEvents(
  store: Store,
  request: PageRequest,
  now: number,
  signal?: Pick<SignalRow, 'group_key' | 'first_seen' | 'last_seen' | 'body'>,
): Promise<{ events: EventRow[]; last: Position | undefined }> {
  const parameters = new ClickHouseParameters();
  const sql = eventsSql(request, parameters, now, signal);
  const rows = await store.query<EventRow>(sql, parameters.values);
  const events = rows.slice(0, request.limit);
  const end = rows.length > request.limit ? events.at(-1) : undefined;
  return { events, last: end && { time: end.time, id: end.event_id } };
}

/**
 * One more than the page holds, to tell whether there are more. The page is found by its keys alone, so that wide
 * columns are read for its rows only.
 */
export function eventsSql(
  request: PageRequest,
  parameters: ClickHouseParameters,
  now: number,
  signal?: Pick<SignalRow, 'group_key' | 'first_seen' | 'last_seen' | 'body'>,
): string {
  const { query, range, descending, limit, cursor } = request;
  const direction = descending ? 'DESC' : 'ASC';
  const order = `timestamp ${direction}, event_id ${direction}`;
  const after = cursor && {
    time: `fromUnixTimestamp64Nano(${parameters.add(cursor.time, 'Int64')}, 'UTC')`,
    id: parameters.add(cursor.id, 'String'),
    sign: descending ? '<' : '>',
  };
  const conditions = [
    toClickHouse(query, parameters, now),
    ...(signal ? behindSignal(signal, parameters, now) : []),
    ...(range.from === undefined ? [] : [`timestamp >= ${parameters.time(range.from)}`]),
    ...(range.to === undefined ? [] : [`timestamp <= ${parameters.time(range.to)}`]),
    ...(after
      ? [
          `timestamp ${after.sign}= ${after.time}`,
          `(timestamp ${after.sign} ${after.time} OR event_id ${after.sign} ${after.id})`,
        ]
      : []),
  ];
  return `SELECT *, toUnixTimestamp64Nano(timestamp) AS time
FROM security_events
WHERE (timestamp, event_id) IN (
  SELECT timestamp, event_id FROM security_events
  WHERE ${conditions.join('\n    AND ')}
  ORDER BY ${order}
  LIMIT 1 BY event_id
  LIMIT ${limit + 1}
)
ORDER BY ${order}
LIMIT 1 BY event_id`;
}

/** The conditions that the rule of a signal had, for the values and the time that the signal is about. */
function behindSignal(
  {
    group_key,
    first_seen,
    last_seen,
    body,
  }: Pick<SignalRow, 'group_key' | 'first_seen' | 'last_seen' | 'body'>,
  parameters: ClickHouseParameters,
  now: number,
): string[] {
  const queries: Query[] = body.custom.queries.map(({ query }) => parseQuery(query));
  const groups = Object.entries(JSON.parse(group_key) as Record<string, string>);
  return [
    toClickHouse({ kind: 'or', operands: queries }, parameters, now),
    ...groups.map(
      ([field, value]) =>
        `${groupSql(reference(field), true, parameters)} = ${parameters.add(value, 'String')}`,
    ),
    // Signals have milliseconds, events nanoseconds.
    `timestamp >= ${parameters.time(first_seen.getTime())}`,
    `timestamp < ${parameters.time(last_seen.getTime() + 1)}`,
  ];
}
