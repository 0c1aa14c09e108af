import type { Severity } from './severity.ts';

/** A row of `signals`. */
export interface SignalRow {
  id: string;
  rule_id: string;
  group_key: string;
  status: Severity;
  state: 'open' | 'archived' | 'under_review';
  archive_reason: string;
  archive_comment: string;
  assignee: string | null;
  first_seen: Date;
  last_seen: Date;
  triggered_at: Date;
  created_at: Date;
  active: boolean;
  events_matched: number;
  service: string[];
  env: string[];
  triage_version: number;
  state_updated_at: Date | null;
  body: SignalBody;
}

/** What a signal has beside its columns: written by detection, searched and sent by the API. */
export interface SignalBody {
  message: string;
  /** `key:value`. */
  tags: string[];
  /** The attributes of the API that don't change with triage. */
  custom: SignalAttributes;
  /** Values seen in the signal's events, bounded; what `custom` says of HTTP, users and network comes from here. */
  seen: Record<string, string[]>;
}

export interface SignalAttributes {
  title: string;
  /** `field:value`, what the signal is about. */
  entities: string[];
  groupByPaths: string[];
  internal_id: string;
  workflow: {
    rule: {
      id: string;
      name: string;
      type: 'Application Security';
      version: number;
      detectionMethod: 'threshold';
      isDefaultRule: boolean;
      defaultRuleId?: string;
      defaultRuleVersion?: number;
    };
  };
  triggeringRuleCase: { status: Severity; name: string; condition: string };
  queries: SignalQuery[];
  /** Newest first. */
  samples: SignalSample[];
  relatedLogsQueryUrl: string;
  hostname?: Values;
  http?: { client_ip?: Values; method?: Values; route?: Values; useragent?: Values };
  network?: { client: { ip: Values } };
  usr?: { id?: Values; login?: Values };
  appsec: {
    security_activity?: Values;
    category?: Values;
    type?: Values;
    rule_id?: Values;
    /** Whether one of the events was blocked. */
    blocked: boolean;
  };
}

/** One value as it is, several as a list. */
export type Values = string | string[];

export interface SignalQuery {
  name: string;
  query: string;
  aggregation: string;
  groupByPaths: string[];
  distinctFields: string[];
  metric: string | null;
  aggregationDetails: { eventsCount: number; distinctValues: string[]; value: number };
}

export interface SignalSample {
  id: string;
  eventId: string;
  queryIndex: number;
  trackKey: { orgId: number; type: 'spans' };
  content: { timestamp: string; service: string; host: string; tags: string[]; custom: SampleAttributes };
}

export interface SampleAttributes {
  trace_id: string;
  span_id: string;
  appsec: {
    security_activity: string;
    category: string;
    type: string;
    rule_id: string;
    rule_name: string;
    blocked: boolean;
    address: string;
    key_path: string;
    value: string;
    highlight: string;
  };
  http: {
    client_ip: string;
    method: string;
    route: string;
    path: string;
    status_code: number;
    useragent: string;
  };
  usr: { id: string; login: string };
}
