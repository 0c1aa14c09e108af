import { randomBytes } from 'node:crypto';
import type { SecurityEvent } from '@wardline/telemetry';

/** A security event for tests, at `at` (milliseconds since the epoch): an attempt at SQL injection unless told otherwise. */
export function securityEvent(at: number, values: Partial<SecurityEvent> = {}): SecurityEvent {
  return {
    event_id: randomBytes(8).toString('hex'),
    timestamp: BigInt(at) * 1_000_000n,
    trace_id: randomBytes(16).toString('hex'),
    span_id: randomBytes(8).toString('hex'),
    service: 'shop',
    env: 'prod',
    version: '1.0.0',
    host: 'web-1',
    activity: 'attack_attempt.sql_injection',
    category: 'attack_attempt',
    type: 'sql_injection',
    rule_id: 'crs-942-100',
    rule_name: 'SQL injection',
    blocked: false,
    client_ip: '203.0.113.7',
    user_id: '',
    user_login: '',
    session_id: '',
    user_agent: 'curl',
    method: 'GET',
    route: '/search',
    path: '/search',
    status_code: 200,
    address: 'server.request.query',
    key_path: 'q',
    value: "' OR 1=1 --",
    highlight: 'OR 1=1',
    operator: 'match_regex',
    trigger: '{"rule":{"id":"crs-942-100"}}',
    stack: '',
    attributes: {},
    ...values,
  };
}
