/** What the API sends, and how it becomes what the pages show. */
import type { BlockedIp, Resource, Severity, Signal, SignalQuery, State } from './client.ts';

type Values = string | string[] | undefined;
export interface WireSignal {
  status: Severity;
  message: string;
  custom: {
    title: string;
    service?: Values;
    env?: Values;
    hostname?: Values;
    http?: { client_ip?: Values; method?: Values; route?: Values; useragent?: Values };
    usr?: { id?: Values; login?: Values };
    appsec?: { type?: Values; category?: Values; blocked?: boolean };
    triggeringRuleCase?: { name: string; condition: string };
    queries?: SignalQuery[];
    workflow: {
      rule: { id: string; name: string; version: number };
      events_matched: number;
      first_seen: string;
      last_seen: string;
      triage: {
        state: State;
        archiveReason?: string;
        archiveComment?: string;
        updater?: { handle: string; name: string };
      };
    };
  };
}
export interface WireBlockedIp {
  value: string;
  reason: string;
  created_by: string;
  created_at: string;
  expires_at: string | null;
}

const list = (values: Values): string[] =>
  (Array.isArray(values) ? values : [values ?? '']).filter((value) => value !== '');

export function toSignal({ id, attributes: { status, message, custom } }: Resource<WireSignal>): Signal {
  const { workflow, http, usr, appsec } = custom;
  const { triage } = workflow;
  return {
    id,
    severity: status,
    title: custom.title,
    state: triage.state,
    archiveReason: triage.archiveReason ?? 'none',
    archiveComment: triage.archiveComment ?? '',
    updatedBy: triage.updater?.handle ?? '',
    services: list(custom.service),
    envs: list(custom.env),
    hosts: list(custom.hostname),
    ips: list(http?.client_ip),
    users: [...new Set([...list(usr?.login), ...list(usr?.id)])],
    userAgents: list(http?.useragent),
    methods: list(http?.method),
    routes: list(http?.route),
    types: list(appsec?.type),
    categories: list(appsec?.category),
    blocked: appsec?.blocked ?? false,
    events: workflow.events_matched,
    firstSeen: workflow.first_seen,
    lastSeen: workflow.last_seen,
    rule: workflow.rule,
    case: custom.triggeringRuleCase ?? { name: '', condition: '' },
    queries: custom.queries ?? [],
    message,
  };
}

export const toBlockedIp = (wire: WireBlockedIp): BlockedIp => ({
  value: wire.value,
  reason: wire.reason,
  createdBy: wire.created_by,
  createdAt: wire.created_at,
  expiresAt: wire.expires_at,
});
