/** The attacks that a span carries: its triggers and the code paths at the sinks, as the agent sent them. */
import type { SecurityEvent, Severity, Span } from '../api/client.ts';

/** A value and where in the request, or in which argument, it stood. */
export interface Place {
  /** `server.request.query` */
  address: string;
  /** `q`, `items.0.note`; empty for the whole. */
  keyPath: string;
  value: string;
}

export interface Frame {
  file: string;
  line: number;
  column: number;
  /** With its class, if it has one; ANONYMOUS where it has no name. */
  function: string;
  /** The application's own code. */
  inApp: boolean;
}

export interface Attack {
  ruleId: string;
  ruleName: string;
  /** `sql_injection` */
  type: string;
  category: string;
  operator: string;
  /** Whether the input reached a function that does something dangerous with it. */
  isExploit: boolean;
  blocked: boolean;
  input: Place | undefined;
  /** The argument of the sink, for exploits. */
  sink: Place | undefined;
  highlight: string[];
  frames: Frame[];
}

export const ANONYMOUS = '(anonymous)';

const EXPLOIT = 'vulnerability_trigger';
/** Actions that do not stop a request; all others do. */
const PASSIVE = new Set(['stack_trace', 'extract_schema', 'monitor']);

/** The attacks of a span, exploits first. What is not as expected is left out: it came from outside. */
export function attacksOf(span: Span): Attack[] {
  const text = span.meta['wardline.appsec.triggers'] ?? span.meta['_dd.appsec.json'];
  if (text === undefined) return [];
  const triggers = array(object(parse(text)).triggers).map(object);
  const stacks = array(parse(span.meta['wardline.appsec.stack'] ?? '')).map(object);
  const stopped = (span.meta['wardline.appsec.blocked'] ?? span.meta['appsec.blocked']) === 'true';
  const stops = triggers.map(stopsRequest);
  const known = stops.includes(true);
  return triggers
    .map((trigger, index) => {
      const stack = stacks.find(({ id }) => id !== undefined && id === trigger.stack_id);
      return readTrigger(trigger, stack, stopped && (stops[index]! || !known));
    })
    .sort((a, b) => Number(b.isExploit) - Number(a.isExploit));
}

/** The attack of one event. */
export function attackOf(event: SecurityEvent): Attack {
  const attack = readTrigger(object(event.trigger), object(event.stack), event.blocked);
  const input = { address: event.address, keyPath: event.key_path, value: event.value };
  return {
    ...attack,
    ruleId: event.rule_id,
    ruleName: event.rule_name,
    type: event.type,
    category: event.category,
    isExploit: event.category === EXPLOIT,
    input: attack.input ?? (event.address === '' ? undefined : input),
    highlight: attack.highlight.length > 0 || event.highlight === '' ? attack.highlight : [event.highlight],
  };
}

/** How severe an attack is by itself, as the rules that come with the platform judge it. */
export function severityOf({ isExploit, blocked }: Pick<Attack, 'isExploit' | 'blocked'>): Severity {
  if (!isExploit) return 'low';
  return blocked ? 'high' : 'critical';
}

/** The line to fix: the innermost frame of the application's own code. */
export const vulnerableFrame = (frames: readonly Frame[]): Frame | undefined =>
  frames.find(({ inApp }) => inApp);

export const frameText = ({ file, line, column }: Frame): string => `${file}:${line}:${column}`;

function readTrigger(trigger: Fields, stack: Fields | undefined, blocked: boolean): Attack {
  const rule = object(trigger.rule);
  const tags = object(rule.tags);
  const match = object(array(trigger.rule_matches)[0]);
  const parameter = object(array(match.parameters)[0]);
  const category = string(tags.category);
  return {
    ruleId: string(rule.id),
    ruleName: string(rule.name),
    type: string(tags.type),
    category,
    operator: string(match.operator),
    isExploit: category === EXPLOIT,
    blocked,
    input: readPlace(parameter.params ?? parameter),
    sink: readPlace(parameter.resource),
    highlight: array(parameter.highlight).map(string).filter(Boolean),
    frames: array(stack?.frames).map(object).map(readFrame),
  };
}

function stopsRequest(trigger: Fields): boolean {
  const actions = array(object(trigger.rule).on_match).map(string);
  return trigger.security_response_id !== undefined || actions.some((action) => !PASSIVE.has(action));
}

function readPlace(value: unknown): Place | undefined {
  const { address, key_path, value: text } = object(value);
  if (typeof address !== 'string') return undefined;
  return { address, keyPath: array(key_path).map(String).join('.'), value: string(text) };
}

function readFrame(frame: Fields): Frame {
  const name = string(frame.function);
  const owner = string(frame.class_name);
  return {
    file: string(frame.file),
    line: Number(frame.line) || 0,
    column: Number(frame.column) || 0,
    function: name === '' ? ANONYMOUS : owner === '' ? name : `${owner}.${name}`,
    inApp: frame.in_app === true,
  };
}

type Fields = Record<string, unknown>;
const object = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const array = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const string = (value: unknown): string => (typeof value === 'string' ? value : '');

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
