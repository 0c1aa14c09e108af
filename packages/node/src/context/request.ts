import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Context, context, createContextKey, type Span } from '@opentelemetry/api';
import type { StackTrace } from '@wardline/telemetry';
import type { WafContext, WafEvent } from '@wardline/waf';
import type { Verdict } from '../guard/check.ts';
import type { Agent } from '../init/agent.ts';
import type { RawBody } from '../instrument/request/raw-body.ts';

/**
 * What the agent knows of one request that is being served. It is kept in the OpenTelemetry context under a key of
 * ours, and on the request and response objects themselves, where a framework hands those over without the context.
 */
export interface RequestState {
  readonly agent: Agent;
  /** The service-entry span. */
  readonly span: Span;
  /** False where the span is that of another OpenTelemetry instrumentation, which ends it itself. */
  readonly ownsSpan: boolean;
  /** The context of the request's handlers: the entry span is active in it, and this state is found through it. */
  context: Context;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly clientIp: string;

  /** Created with the first check. */
  waf: WafContext | undefined;
  /** Verdicts on sink arguments for the inputs known so far; emptied whenever an input is added. */
  readonly verdicts: Map<string, Verdict | undefined>;
  readonly events: WafEvent[];
  readonly stacks: StackTrace[];
  /** Microseconds. */
  wafDuration: number;
  wafTimeouts: number;
  truncated: Record<string, number> | undefined;

  /** `open`: the application answers. `sending`: a block is being written. `closed`: it was, later writes are dropped. */
  phase: 'open' | 'sending' | 'closed';
  blockFailed: boolean;
  /** The entry span has ended. */
  ended: boolean;
  responseChecked: boolean;
  /** When the last of the answer was given to the socket, by `performance.now()`; undefined where it had to wait there. */
  answeredAt: number | undefined;

  /** The values given to the WAF last, so that each is given once: by identity, query and cookies also by content. */
  query: unknown;
  cookies: unknown;
  params: unknown;
  body: unknown;
  /** The WAF was given a body that a framework has parsed. */
  bodySeen: boolean;
  /** What was read of the body until then. */
  rawBody: RawBody | undefined;
  /** Route templates of mounted routers by the base URL that they matched. */
  mounts: Record<string, string> | undefined;
  /** Whether a user's id is blocked, as far as it was asked. */
  userVerdicts: Map<string, boolean> | undefined;
  /** Paths as they were before `..` was resolved in them, by what they became. */
  paths: Map<string, string> | undefined;
}

const KEY = createContextKey('wardline.request');
const PROPERTY = Symbol.for('wardline.request');

type Carrier = { [PROPERTY]?: RequestState };

/** A state for a request, and its context derived from `parent`; both are attached to the request and the response. */
export function attachRequest(
  parent: Context,
  given: Pick<RequestState, 'agent' | 'span' | 'ownsSpan' | 'request' | 'response' | 'clientIp'>,
): RequestState {
  // Each property is written out: V8 makes an object of such a literal at once, but one that begins with a spread grows
  // property by property.
  const state: RequestState = {
    agent: given.agent,
    span: given.span,
    ownsSpan: given.ownsSpan,
    context: parent,
    request: given.request,
    response: given.response,
    clientIp: given.clientIp,
    waf: undefined,
    verdicts: new Map(),
    events: [],
    stacks: [],
    wafDuration: 0,
    wafTimeouts: 0,
    truncated: undefined,
    phase: 'open',
    blockFailed: false,
    ended: false,
    responseChecked: false,
    answeredAt: undefined,
    query: undefined,
    cookies: undefined,
    params: undefined,
    body: undefined,
    bodySeen: false,
    rawBody: undefined,
    mounts: undefined,
    userVerdicts: undefined,
    paths: undefined,
  };
  state.context = parent.setValue(KEY, state);
  (given.request as Carrier)[PROPERTY] = state;
  (given.response as Carrier)[PROPERTY] = state;
  return state;
}

/** The request that the code in this context (default: the active one) serves. On the request path. */
export function currentRequest(ctx: Context = context.active()): RequestState | undefined {
  return ctx.getValue(KEY) as RequestState | undefined;
}

/** The state attached to a request or response object. On the request path. */
export function requestOf(message: object): RequestState | undefined {
  return (message as Carrier)[PROPERTY];
}
