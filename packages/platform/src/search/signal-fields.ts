import type { FieldReference } from './ast.ts';

/** Where the value of a field of a signal stands in its row. */
export type SignalField =
  /** An expression of one text value, '' if it has none. */
  | { kind: 'text'; sql: string }
  | { kind: 'number'; sql: string }
  | { kind: 'time'; sql: string }
  /** A column `text[]`. */
  | { kind: 'texts'; sql: string }
  /** The values of the tags with this key, or all tags whole. */
  | { kind: 'tag'; key: string | undefined }
  /** A path below `body.custom`, through arrays as well. */
  | { kind: 'path'; segments: readonly string[] };

const ASSIGNEE = '(SELECT email FROM users WHERE users.id = signals.assignee)';

/** Fields that have a column, or that don't stand where their name says. */
const SIGNAL_FIELDS: Readonly<Record<string, SignalField>> = {
  id: { kind: 'text', sql: 'id' },
  timestamp: { kind: 'time', sql: 'triggered_at' },
  status: { kind: 'text', sql: 'status' },
  '@status': { kind: 'text', sql: 'status' },
  service: { kind: 'texts', sql: 'service' },
  env: { kind: 'texts', sql: 'env' },
  host: { kind: 'path', segments: ['hostname'] },
  tags: { kind: 'tag', key: undefined },
  '@workflow.rule.id': { kind: 'text', sql: 'rule_id' },
  '@workflow.triage.state': { kind: 'text', sql: 'state' },
  '@workflow.triage.archiveReason': { kind: 'text', sql: 'archive_reason' },
  '@workflow.triage.archiveComment': { kind: 'text', sql: 'archive_comment' },
  '@workflow.triage.assignee.uuid': { kind: 'text', sql: "coalesce(assignee::text, '')" },
  '@workflow.triage.assignee.handle': { kind: 'text', sql: `coalesce(${ASSIGNEE}, '')` },
  '@workflow.events_matched': { kind: 'number', sql: 'events_matched' },
  '@workflow.first_seen': { kind: 'time', sql: 'first_seen' },
  '@workflow.last_seen': { kind: 'time', sql: 'last_seen' },
};

export function signalField(field: FieldReference): SignalField {
  const name = field.attribute ? `@${field.name}` : field.name;
  if (Object.hasOwn(SIGNAL_FIELDS, name)) return SIGNAL_FIELDS[name]!;
  return field.attribute
    ? { kind: 'path', segments: field.name.split('.') }
    : { kind: 'tag', key: field.name };
}
