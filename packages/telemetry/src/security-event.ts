/**
 * One row of `security_events`: a trigger, or a business-logic event, as stored: who, where and in which trace.
 * The intake makes it from a service-entry span; detection and search read it. Empty string or 0 where unknown.
 */
export interface SecurityEvent {
  /** Stable over resends: derived from trace, span and the event's place in it. */
  event_id: string;
  /** Nanoseconds since the epoch: the span's start. */
  timestamp: bigint;
  trace_id: string;
  span_id: string;
  service: string;
  env: string;
  version: string;
  host: string;
  /**
   * `attack_attempt.<type>`, `vulnerability_trigger.<type>` (the input reached a sink), `security_response.<type>`,
   * or `business_logic.<name>` (`business_logic.users.login.failure`).
   */
  activity: string;
  category: string;
  /** `sql_injection`, `command_injection`, `security_scanner`, …: the rule's `tags.type`. */
  type: string;
  rule_id: string;
  rule_name: string;
  blocked: boolean;
  client_ip: string;
  user_id: string;
  /** The account that a login event names. */
  user_login: string;
  session_id: string;
  user_agent: string;
  method: string;
  route: string;
  path: string;
  status_code: number;
  /** Where it matched. `value` is as the agent redacted it. */
  address: string;
  key_path: string;
  value: string;
  highlight: string;
  operator: string;
  /** JSON, the trigger as it came. */
  trigger: string;
  /** JSON, `StackTrace` at the sink, or ''. */
  stack: string;
  /** Metadata of a business-logic event, and the rule's tags. */
  attributes: Record<string, string>;
}
