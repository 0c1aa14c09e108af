import type { SignalSample } from '../signals/signal.ts';

/** A row of `samplesStatement`. */
export interface SampleRow {
  [group: `group_${number}`]: string;
  event_id: string;
  /** Milliseconds since the epoch. */
  at: string;
  query_index: string | number;
  trace_id: string;
  span_id: string;
  service: string;
  env: string;
  host: string;
  activity: string;
  category: string;
  type: string;
  rule_id: string;
  rule_name: string;
  blocked: number;
  client_ip: string;
  user_id: string;
  user_login: string;
  user_agent: string;
  method: string;
  route: string;
  path: string;
  status_code: number;
  address: string;
  key_path: string;
  value_start: string;
  highlight_start: string;
}

/** An event as signals carry it. */
export function readSample(row: SampleRow): SignalSample {
  const text = (column: keyof SampleRow) => String(row[column]);
  return {
    id: text('event_id'),
    eventId: text('event_id'),
    queryIndex: Number(row.query_index),
    trackKey: { orgId: 1, type: 'spans' },
    content: {
      timestamp: new Date(Number(row.at)).toISOString(),
      service: text('service'),
      host: text('host'),
      tags: [
        ...(row.env ? [`env:${text('env')}`] : []),
        ...(row.service ? [`service:${text('service')}`] : []),
      ],
      custom: {
        trace_id: text('trace_id'),
        span_id: text('span_id'),
        appsec: {
          security_activity: text('activity'),
          category: text('category'),
          type: text('type'),
          rule_id: text('rule_id'),
          rule_name: text('rule_name'),
          blocked: row.blocked === 1,
          address: text('address'),
          key_path: text('key_path'),
          value: text('value_start'),
          highlight: text('highlight_start'),
        },
        http: {
          client_ip: text('client_ip'),
          method: text('method'),
          route: text('route'),
          path: text('path'),
          status_code: row.status_code,
          useragent: text('user_agent'),
        },
        usr: { id: text('user_id'), login: text('user_login') },
      },
    },
  };
}
