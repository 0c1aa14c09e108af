import {
  ATTRIBUTE,
  type Attributes,
  BUSINESS_EVENT_PREFIX,
  type SecurityEvent,
  type SpanRecord,
} from '@wardline/telemetry';
import { attributeText, firstText, isTrue, ownAttribute } from './attribute-text.ts';
import type { ResourceColumns } from './resource-columns.ts';
import { parseTriggers, type Trigger } from './triggers.ts';

/** Business-logic events of one span; a request reports one or two. */
const MAX_BUSINESS_EVENTS = 32;
const DEFAULT_CATEGORY = 'attack_attempt';
const BUSINESS_CATEGORY = 'business_logic';
const TRACK = '.track';
/** Actions that do not stop a request (`on_match` of a rule). All others do, such as `block` and a custom action's id. */
const PASSIVE_ACTIONS = new Set(['stack_trace', 'extract_schema', 'monitor']);

/**
 * Names under which a span may say the same thing, the first that is there counts: OpenTelemetry's current name,
 * Datadog's tag, OpenTelemetry's former name.
 */
const NAMES = {
  triggers: [ATTRIBUTE.appsecTriggers, '_dd.appsec.json'],
  event: [ATTRIBUTE.appsecEvent, 'appsec.event'],
  blocked: [ATTRIBUTE.appsecBlocked, 'appsec.blocked'],
  stack: [ATTRIBUTE.appsecStack],
  clientIp: [ATTRIBUTE.clientAddress, 'http.client_ip', 'network.client.ip', 'http.client.ip'],
  userId: [ATTRIBUTE.userId, 'usr.id', 'enduser.id'],
  userLogin: ['usr.login', '_dd.appsec.usr.login'],
  sessionId: [ATTRIBUTE.sessionId, 'usr.session_id'],
  userAgent: [ATTRIBUTE.userAgent, 'http.useragent', 'http.user_agent'],
  method: [ATTRIBUTE.httpMethod, 'http.method'],
  route: [ATTRIBUTE.httpRoute],
  path: [ATTRIBUTE.urlPath],
  url: ['http.target', ATTRIBUTE.urlFull, 'http.url'],
  status: [ATTRIBUTE.httpStatus, 'http.status_code'],
} as const;

export interface SpanSecurity {
  events: SecurityEvent[];
  /** Whether the span says that it has an event, or has one. */
  hasEvent: boolean;
  /** Whether its triggers could not be read, in whole or in part. */
  malformed: boolean;
}

const NOTHING: SpanSecurity = { events: [], hasEvent: false, malformed: false };

/**
 * The security events of a span: one for each trigger and one for each business-logic event. Ids depend on the span
 * and the event's place in it only, so a span that is sent again makes the same events. Pure, and never throws.
 */
export function securityEvents(resource: ResourceColumns, span: SpanRecord): SpanSecurity {
  const { attributes } = span;
  const triggersText = firstText(attributes, NAMES.triggers);
  const businessNames = businessEventNames(attributes);
  if (triggersText === '' && businessNames.length === 0) {
    return isTrue(attributes, NAMES.event) ? { ...NOTHING, hasEvent: true } : NOTHING;
  }
  const common = commonColumns(resource, span);
  const { triggers, malformed } =
    triggersText === '' ? { triggers: [], malformed: false } : parseTriggers(triggersText);
  const stacks = stacksById(firstText(attributes, NAMES.stack));
  const blocked = blockedTriggers(
    triggers.map(({ trigger }) => trigger),
    isTrue(attributes, NAMES.blocked),
  );
  const events = triggers.map(({ trigger, json }, index) => ({
    ...common,
    ...triggerColumns(trigger),
    event_id: `${span.traceId}-${span.spanId}-${index}`,
    blocked: blocked[index]!,
    trigger: json,
    stack: (trigger.stack_id !== undefined && stacks.get(trigger.stack_id)) || '',
  }));
  for (const name of businessNames) events.push(businessEvent(common, span, name));
  return { events, hasEvent: events.length > 0 || isTrue(attributes, NAMES.event), malformed };
}

/** An event with what it has from its span and resource; the rest is empty. */
function commonColumns(resource: ResourceColumns, { attributes, ...span }: SpanRecord): SecurityEvent {
  return {
    event_id: '',
    timestamp: span.startTime,
    trace_id: span.traceId,
    span_id: span.spanId,
    ...resource,
    activity: '',
    category: '',
    type: '',
    rule_id: '',
    rule_name: '',
    blocked: false,
    client_ip: firstText(attributes, NAMES.clientIp),
    user_id: firstText(attributes, NAMES.userId),
    user_login: firstText(attributes, NAMES.userLogin),
    session_id: firstText(attributes, NAMES.sessionId),
    user_agent: firstText(attributes, NAMES.userAgent),
    method: firstText(attributes, NAMES.method),
    route: firstText(attributes, NAMES.route),
    path: firstText(attributes, NAMES.path) || pathOf(firstText(attributes, NAMES.url)),
    status_code: statusOf(firstText(attributes, NAMES.status)),
    address: '',
    key_path: '',
    value: '',
    highlight: '',
    operator: '',
    trigger: '',
    stack: '',
    attributes: {},
  };
}

function triggerColumns({ rule, rule_matches: [match] }: Trigger): Partial<SecurityEvent> {
  const tags: Record<string, string> = {};
  for (const [name, value] of Object.entries(rule.tags)) {
    if (value !== null && value !== undefined)
      tags[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  const category = tags.category || DEFAULT_CATEGORY;
  const type = tags.type ?? '';
  const parameter = match?.parameters[0];
  const place = parameter?.params ?? parameter;
  return {
    activity: type === '' ? category : `${category}.${type}`,
    category,
    type,
    rule_id: rule.id,
    rule_name: rule.name,
    address: place?.address ?? '',
    key_path: place?.key_path.join('.') ?? '',
    value: place?.value ?? '',
    highlight: parameter?.highlight.join(', ') ?? '',
    operator: match?.operator ?? '',
    attributes: tags,
  };
}

/**
 * Which triggers stopped the request. In monitor mode, and after the headers were sent, a rule that says `block` does
 * not; so the span has the first word, and the triggers say which of them it was, where any of them does.
 */
function blockedTriggers(triggers: readonly Trigger[], spanBlocked: boolean): boolean[] {
  const blocking = triggers.map(
    ({ rule, security_response_id: response }) =>
      response !== undefined || rule.on_match.some((action) => !PASSIVE_ACTIONS.has(action)),
  );
  const known = blocking.includes(true);
  return blocking.map((value) => spanBlocked && (value || !known));
}

function businessEventNames(attributes: Attributes): string[] {
  const names: string[] = [];
  for (const key in attributes) {
    if (!key.startsWith(BUSINESS_EVENT_PREFIX) || !key.endsWith(TRACK) || !isTrue(attributes, [key]))
      continue;
    const name = key.slice(BUSINESS_EVENT_PREFIX.length, -TRACK.length);
    if (name !== '' && names.push(name) === MAX_BUSINESS_EVENTS) break;
  }
  return names;
}

function businessEvent(common: SecurityEvent, span: SpanRecord, name: string): SecurityEvent {
  const prefix = `${BUSINESS_EVENT_PREFIX}${name}.`;
  const activity = `${BUSINESS_CATEGORY}.${name}`;
  const metadata: Record<string, string> = {};
  for (const key in span.attributes) {
    if (!key.startsWith(prefix)) continue;
    const metadataName = key.slice(prefix.length);
    if (metadataName !== 'track') metadata[metadataName] = attributeText(ownAttribute(span.attributes, key));
  }
  return {
    ...common,
    event_id: `${span.traceId}-${span.spanId}-${activity}`,
    activity,
    category: BUSINESS_CATEGORY,
    type: name,
    user_id: metadata['usr.id'] || common.user_id,
    user_login: metadata['usr.login'] || common.user_login,
    attributes: metadata,
  };
}

/** Each stack as JSON. What is no list of stacks counts as none. */
function stacksById(text: string): ReadonlyMap<string, string> {
  const stacks = new Map<string, string>();
  if (text === '') return stacks;
  try {
    const list = JSON.parse(text) as unknown;
    if (!Array.isArray(list)) return stacks;
    for (const stack of list as ({ id?: unknown } | null)[]) {
      if (typeof stack?.id === 'string') stacks.set(stack.id, JSON.stringify(stack));
    }
  } catch {
    // The triggers stand without their stacks.
  }
  return stacks;
}

function pathOf(url: string): string {
  if (url === '') return '';
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url);
  return url.slice(path?.[0].length ?? 0).split(/[?#]/, 1)[0]!;
}

function statusOf(text: string): number {
  const status = Number(text);
  return Number.isInteger(status) && status >= 0 && status <= 65_535 ? status : 0;
}
