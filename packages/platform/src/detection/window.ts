/** The SQL of evaluation, and the reading of its rows. */
import { createHash } from 'node:crypto';
import { ClickHouseParameters, type FieldReference, textOf, toClickHouse } from '../search/index.ts';
import type { CompiledQuery, CompiledRule } from './compile-rule.ts';
import { conditionSql, type QueryResult } from './condition.ts';

/** Which events an evaluation looks at. All in milliseconds since the epoch. */
export interface EvaluationWindow {
  now: number;
  /** Events with a later timestamp are in the window. */
  from: number;
  /**
   * Where the last evaluation lies before the window: events that arrived after this are in the window too, because
   * nobody has seen them.
   */
  unseenSince: number | undefined;
  /** Events up to here are in their signals' count, as far as the last evaluation got … */
  countedBefore: number;
  /** … and as far as this one gets. */
  countedAfter: number;
}

/** How late an event may arrive and still be evaluated. */
const LATEST_ARRIVAL = 86_400_000;
/** How much earlier than at the window's end an event has arrived late. */
const LATE_MARGIN = 30_000;
/** An event whose clock is ahead by more than this is taken by its arrival. */
const CLOCK_AHEAD = 300_000;
/** How many groups one evaluation of a rule reads; the ones with the newest events. */
export const MAX_GROUPS = 2_000;
/** How many different values of a field a signal names. */
export const MAX_SEEN = 20;

/** What signals name of their events, and the column that it comes from. */
const SEEN = {
  service: 'service',
  env: 'env',
  host: 'host',
  client_ip: 'client_ip',
  user_id: 'user_id',
  user_login: 'user_login',
  activity: 'activity',
  category: 'category',
  type: 'type',
  rule_id: 'rule_id',
  method: 'method',
  route: 'route',
  user_agent: 'user_agent',
} as const;

/** What the window holds for one combination of values that the rule groups by. */
export interface Group {
  /** In the order of the rule's `groupBy`. */
  values: string[];
  results: Record<string, QueryResult>;
  /** Events that each query matched, in the order of the rule's queries. */
  eventsOfQuery: number[];
  eventsInWindow: number;
  /** Events in the window from before `countedAfter`: those that arrived late. */
  lateInWindow: number;
  /** Events between `countedBefore` and `countedAfter`. */
  newlyCounted: number;
  /** Events after `countedAfter`. */
  uncounted: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  lastSeen: number;
  blocked: boolean;
  seen: Record<string, string[]>;
}

export interface Statement {
  sql: string;
  params: Record<string, unknown>;
}

/** How many groups one statement may name: parameters travel in the URL, which servers bound. */
export const MAX_LISTED_GROUPS = 800;
/** What an event without a value counts under, where a rule allows that. */
export const MISSING = 'N/A';
/** Characters of a value to group by that count. */
const MAX_GROUP_VALUE = 256;
/** Characters of a value that a signal names. */
const MAX_SEEN_VALUE = 512;

/**
 * Groups the window's events. Returns the groups in which a case could hold, and those of `active` (values that the rule
 * groups by, one list a group) whatever they hold. Duplicates of an event count once.
 */
export function groupsStatement(
  rule: CompiledRule,
  window: EvaluationWindow,
  active: readonly (readonly string[])[],
): Statement {
  const parameters = new ClickHouseParameters();
  const source = eventsSql(rule, window, parameters, [
    ...Object.values(SEEN),
    'blocked',
    ...rule.queries.flatMap((query, index) => [
      ...query.distinct.map((field, place) => `${textOf(field, parameters)} AS distinct_${index}_${place}`),
      ...(query.metric ? [`${numberSql(query.metric, parameters)} AS metric_${index}`] : []),
    ]),
  ]);
  const counted = parameters.add(String(window.countedAfter), 'Int64');
  const columns = [
    ...rule.groupBy.map((_, index) => `group_${index}`),
    ...rule.queries.flatMap((query, index) => [
      `${aggregateSql(query, index)} AS value_${index}`,
      `countIf(query_${index} AND in_window) AS events_${index}`,
      `minIf(at, query_${index} AND in_window) AS first_${index}`,
      `maxIf(at, query_${index} AND in_window) AS last_${index}`,
    ]),
    'countIf(in_window) AS events_in_window',
    `countIf(in_window AND at <= ${counted}) AS late_in_window`,
    `countIf(at > ${parameters.add(String(window.countedBefore), 'Int64')} AND at <= ${counted}) AS newly_counted`,
    `countIf(at > ${counted}) AS uncounted`,
    'minIf(at, in_window) AS first_seen',
    'maxIf(at, in_window) AS last_seen',
    'countIf(in_window AND blocked = 1) AS blocked_events',
    ...Object.entries(SEEN).map(
      ([name, column]) =>
        `groupUniqArrayIf(${MAX_SEEN})(${column}, in_window AND ${column} != '') AS seen_${name}`,
    ),
  ];
  const indexOf = new Map(rule.queries.map((query, index) => [query.name, index]));
  const holds = rule.cases.map(({ condition }) =>
    conditionSql(condition, (name, of) => `${of}_${indexOf.get(name)}`),
  );
  const isActive =
    active.length > MAX_LISTED_GROUPS ? ['1'] : active.length > 0 ? [isOneOf(rule, active, parameters)] : [];
  const sql = [
    `SELECT ${columns.join(',\n  ')}`,
    `FROM (\n${source}\n)`,
    ...(rule.groupBy.length > 0
      ? [`GROUP BY ${rule.groupBy.map((_, index) => `group_${index}`).join(', ')}`]
      : []),
    `HAVING ${[...holds, ...isActive].join('\n  OR ')}`,
    'ORDER BY max(at) DESC',
    `LIMIT ${MAX_GROUPS}`,
  ].join('\n');
  return { sql, params: parameters.values };
}

/** The newest events of the given groups in the window, up to `limit` a group. */
export function samplesStatement(
  rule: CompiledRule,
  window: EvaluationWindow,
  groups: readonly (readonly string[])[],
  limit: number,
): Statement {
  const parameters = new ClickHouseParameters();
  const source = eventsSql(rule, window, parameters, [
    ...Object.values(SEEN),
    ...['blocked', 'trace_id', 'span_id', 'path', 'status_code', 'rule_name', 'address', 'key_path'],
    ...['value', 'highlight'].map((column) => `substringUTF8(${column}, 1, ${MAX_VALUE}) AS ${column}_start`),
  ]);
  const names = rule.groupBy.map((_, index) => `group_${index}`);
  const flags = rule.queries.map((_, index) => `query_${index}`).join(', ');
  const sql = [
    `SELECT *, indexOf([${flags}], 1) - 1 AS query_index`,
    `FROM (\n${source}\n)`,
    `WHERE in_window AND ${isOneOf(rule, groups, parameters)}`,
    'ORDER BY at DESC, event_id DESC',
    names.length > 0 ? `LIMIT ${limit} BY ${names.join(', ')}` : `LIMIT ${limit}`,
  ].join('\n');
  return { sql, params: parameters.values };
}

const MAX_VALUE = 1_024;

/** The rule's events that the evaluation may need, each once, with what it is grouped by. */
function eventsSql(
  rule: CompiledRule,
  window: EvaluationWindow,
  parameters: ClickHouseParameters,
  columns: readonly string[],
): string {
  const lowest = Math.min(window.from, window.countedBefore);
  const matches = rule.queries.map((query) => toClickHouse(query.query, parameters, window.now));
  const groups = rule.groupBy.map((field) => groupSql(field, rule.optionalGroups, parameters));
  const inTime = `timestamp > ${parameters.time(window.from)} AND timestamp <= ${parameters.time(window.now + CLOCK_AHEAD)}`;
  // What arrives when its window has passed is taken by its arrival.
  const delay = parameters.add(String(window.now - window.from - LATE_MARGIN), 'Int64');
  const late = `received_at > ${parameters.time(window.from)} AND received_at > timestamp + toIntervalMillisecond(${delay})`;
  const unseen = window.unseenSince;
  const inWindow = [
    inTime,
    late,
    ...(unseen === undefined ? [] : [`received_at > ${parameters.time(unseen)}`]),
  ];
  const arrived = `received_at > ${parameters.time(Math.min(window.from, unseen ?? Infinity))}`;
  const selected = [
    'event_id',
    'toUnixTimestamp64Milli(timestamp) AS at',
    `(${inWindow.map((condition) => `(${condition})`).join(' OR ')}) AS in_window`,
    ...matches.map((condition, index) => `toBool(${condition}) AS query_${index}`),
    ...groups.map((text, index) => `${text} AS group_${index}`),
    ...columns,
  ];
  const conditions = [
    `timestamp > ${parameters.time(Math.min(lowest, window.now - LATEST_ARRIVAL))}`,
    `(timestamp > ${parameters.time(lowest)} OR ${arrived})`,
    `(${rule.queries.map((_, index) => `query_${index}`).join(' OR ')})`,
    ...(rule.optionalGroups ? [] : rule.groupBy.map((_, index) => `group_${index} != ''`)),
  ];
  return [
    `  SELECT ${selected.join(',\n    ')}`,
    '  FROM security_events',
    `  WHERE ${conditions.join('\n    AND ')}`,
    '  LIMIT 1 BY event_id',
  ].join('\n');
}

/** The value of an event that a rule groups by; '' for none, or `N/A` where it may be missing. */
export function groupSql(field: FieldReference, optional: boolean, parameters: ClickHouseParameters): string {
  const text = `substringUTF8(toString(${textOf(field, parameters)}), 1, ${MAX_GROUP_VALUE})`;
  return optional ? `if(${text} = '', '${MISSING}', ${text})` : text;
}

function aggregateSql(query: CompiledQuery, index: number): string {
  const isIn = `query_${index} AND in_window`;
  switch (query.aggregation) {
    case 'count':
      return `countIf(${isIn})`;
    case 'cardinality': {
      const values = query.distinct.map((_, place) => `distinct_${index}_${place}`);
      return `uniqExactIf((${values.join(', ')}), ${isIn} AND ${values.map((value) => `${value} != ''`).join(' AND ')})`;
    }
    case 'max':
      return `maxIf(metric_${index}, ${isIn})`;
    case 'sum':
      return `sumIf(metric_${index}, ${isIn})`;
  }
}

const numberSql = (field: FieldReference, parameters: ClickHouseParameters): string =>
  `toFloat64OrZero(toString(${textOf(field, parameters)}))`;

/**
 * Whether a row's group is one of those given. Compares short hashes, so that a group or two may pass that aren't:
 * whoever reads the rows looks at their values anyway.
 */
function isOneOf(
  rule: CompiledRule,
  groups: readonly (readonly string[])[],
  parameters: ClickHouseParameters,
): string {
  if (rule.groupBy.length === 0) return '1';
  const hashes = groups.map((values) =>
    createHash('md5').update(values.join('\x1f')).digest('hex').slice(0, HASH_LENGTH),
  );
  const own = rule.groupBy.map((_, index) => `toString(group_${index})`).join(', ');
  const hash = `substring(lower(hex(MD5(arrayStringConcat([${own}], '\\x1f')))), 1, ${HASH_LENGTH})`;
  return `has(splitByChar('.', ${parameters.add(hashes.join('.'), 'String')}), ${hash})`;
}

const HASH_LENGTH = 8;

type GroupRow = Record<string, string | number | string[]>;

/** Reads a row of `groupsStatement`. */
export function readGroup(rule: CompiledRule, row: GroupRow): Group {
  const number = (name: string) => Number(row[name]);
  return {
    values: groupValues(rule, row),
    results: Object.fromEntries(
      rule.queries.map((query, index) => [
        query.name,
        { value: number(`value_${index}`), first: number(`first_${index}`), last: number(`last_${index}`) },
      ]),
    ),
    eventsOfQuery: rule.queries.map((_, index) => number(`events_${index}`)),
    eventsInWindow: number('events_in_window'),
    lateInWindow: number('late_in_window'),
    newlyCounted: number('newly_counted'),
    uncounted: number('uncounted'),
    firstSeen: number('first_seen'),
    lastSeen: number('last_seen'),
    blocked: number('blocked_events') > 0,
    seen: Object.fromEntries(
      Object.keys(SEEN).map((name) => [
        name,
        (row[`seen_${name}`] as string[]).map((value) => value.slice(0, MAX_SEEN_VALUE)).sort(),
      ]),
    ),
  };
}

/** The values that a row of either statement is grouped by. */
export function groupValues(rule: CompiledRule, row: Record<string, unknown>): string[] {
  return rule.groupBy.map((_, index) => String(row[`group_${index}`]));
}
