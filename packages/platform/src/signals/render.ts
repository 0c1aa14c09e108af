import type { SignalRow } from './signal.ts';

/** A signal's row with the people that it names. */
export type SignalWithPeople = SignalRow & {
  assignee_handle: string | null;
  assignee_name: string | null;
  updater_handle: string | null;
  updater_name: string | null;
  state_updated_by: string | null;
};

/** The one whom a signal without an assignee is assigned to, in Datadog's words. */
const UNASSIGNED = { id: -1, name: 'Unassigned', uuid: '' };

/** A signal as the API sends it: Datadog's shape, with its attributes under both of the names that clients read. */
export function renderSignal(row: SignalWithPeople) {
  const { custom, message, tags } = row.body;
  const attributes = {
    ...custom,
    status: row.status,
    ...(row.service.length > 0 && { service: oneOrList(row.service) }),
    ...(row.env.length > 0 && { env: oneOrList(row.env) }),
    workflow: {
      ...custom.workflow,
      events_matched: row.events_matched,
      first_seen: row.first_seen.toISOString(),
      last_seen: row.last_seen.toISOString(),
      high_cardinality: { attributes: [], tags: [] },
      triage: {
        state: row.state,
        archiveReason: row.archive_reason,
        archiveComment: row.archive_comment,
        assignee: assigneeOf(row),
        incidentIds: [],
        ...(row.state_updated_at && { stateUpdateTimestamp: row.state_updated_at.getTime() }),
        ...updaterOf(row, 'updater'),
      },
    },
  };
  return {
    type: 'signal',
    id: row.id,
    attributes: {
      status: row.status,
      service: row.service,
      ...(custom.hostname && { host: custom.hostname }),
      timestamp: row.triggered_at.toISOString(),
      tags,
      message,
      custom: attributes,
      attributes,
    },
  };
}

/** What a change of a signal's triage is answered with. */
export function renderTriage(row: SignalWithPeople) {
  return {
    type: 'signal_metadata',
    id: row.id,
    attributes: {
      incident_ids: [],
      state: row.state,
      archive_reason: row.archive_reason,
      archive_comment: row.archive_comment,
      ...(row.state_updated_at && { state_update_timestamp: row.state_updated_at.getTime() }),
      ...updaterOf(row, 'state_update_user'),
      assignee: assigneeOf(row),
    },
  };
}

function assigneeOf(row: SignalWithPeople) {
  if (row.assignee === null) return UNASSIGNED;
  return { uuid: row.assignee, handle: row.assignee_handle ?? '', name: row.assignee_name ?? '' };
}

function updaterOf<Name extends string>(row: SignalWithPeople, name: Name) {
  if (row.state_updated_by === null) return {};
  const user = { uuid: row.state_updated_by, handle: row.updater_handle ?? '', name: row.updater_name ?? '' };
  return { [name]: user };
}

const oneOrList = (values: string[]) => (values.length === 1 ? values[0]! : values);
