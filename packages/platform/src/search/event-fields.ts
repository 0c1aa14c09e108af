import type { SecurityEvent } from '@wardline/telemetry';
import type { FieldReference } from './ast.ts';

export type FieldType = 'string' | 'number' | 'boolean' | 'time';

/** A column of `security_events` that a field of a query means. 0 and '' in it stand for "no value". */
export interface EventColumn {
  column: keyof SecurityEvent & string;
  type: FieldType;
}

/** Which column each field means, by its name in a query. */
export const EVENT_FIELDS: Readonly<Record<string, EventColumn>> = {
  timestamp: { column: 'timestamp', type: 'time' },
  service: { column: 'service', type: 'string' },
  env: { column: 'env', type: 'string' },
  version: { column: 'version', type: 'string' },
  host: { column: 'host', type: 'string' },
  trace_id: { column: 'trace_id', type: 'string' },
  span_id: { column: 'span_id', type: 'string' },
  '@appsec.security_activity': { column: 'activity', type: 'string' },
  '@appsec.category': { column: 'category', type: 'string' },
  '@appsec.type': { column: 'type', type: 'string' },
  '@appsec.rule_id': { column: 'rule_id', type: 'string' },
  '@appsec.rule_name': { column: 'rule_name', type: 'string' },
  '@appsec.blocked': { column: 'blocked', type: 'boolean' },
  '@appsec.address': { column: 'address', type: 'string' },
  '@appsec.key_path': { column: 'key_path', type: 'string' },
  '@appsec.value': { column: 'value', type: 'string' },
  '@appsec.operator': { column: 'operator', type: 'string' },
  '@http.client_ip': { column: 'client_ip', type: 'string' },
  '@network.client.ip': { column: 'client_ip', type: 'string' },
  '@http.status_code': { column: 'status_code', type: 'number' },
  '@http.route': { column: 'route', type: 'string' },
  '@http.method': { column: 'method', type: 'string' },
  '@http.useragent': { column: 'user_agent', type: 'string' },
  '@http.url_details.path': { column: 'path', type: 'string' },
  '@usr.id': { column: 'user_id', type: 'string' },
  '@usr.login': { column: 'user_login', type: 'string' },
  '@usr.session_id': { column: 'session_id', type: 'string' },
};

/** The string columns in which a term without a field is looked for; the values of `attributes` are, too. */
export const EVENT_TEXT_COLUMNS = [
  'value',
  'path',
  'route',
  'user_agent',
  'rule_id',
  'rule_name',
  'activity',
  'service',
  'host',
  'client_ip',
  'user_id',
  'user_login',
  'address',
  'key_path',
] as const satisfies readonly (keyof SecurityEvent)[];

/** The column that a field means, or the key under which it stands in the `attributes` map. */
export function eventField(field: FieldReference): EventColumn | { attribute: string } {
  const name = field.attribute ? `@${field.name}` : field.name;
  return Object.hasOwn(EVENT_FIELDS, name) ? EVENT_FIELDS[name]! : { attribute: field.name };
}
