import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { context } from '@opentelemetry/api';
import { attachRequest, type RequestState, requestOf } from '../context/request.ts';
import { answerBlock } from '../guard/block-response.ts';
import { checkInputs } from '../guard/check.ts';
import { clientIp } from '../guard/client-ip.ts';
import { swallow } from '../guard/faults.ts';
import { reportWaf } from '../guard/report.ts';
import type { Agent } from '../init/agent.ts';
import { type Callable, wrapMethod } from './engine/wrap.ts';
import { hookResponse } from './http-response.ts';
import { parseCookies } from './request/cookies.ts';
import { endEntrySpan, startEntrySpan } from './request/entry-span.ts';
import { parseQuery, queryOf } from './request/query.ts';

/** Events with which a server hands a request to the application. */
const REQUEST_EVENTS = new Set<unknown>(['request', 'checkContinue', 'checkExpectation']);

/**
 * Servers of `node:http` and `node:https`: each request gets its entry span and its state, and the WAF sees its line,
 * headers, cookies, query and client IP before any handler runs.
 */
export function hookHttpServer(agent: Agent): void {
  for (const { prototype } of [http.Server, https.Server]) {
    wrapMethod(prototype, 'emit', (emit) => {
      const wrapper: Callable = function (...args) {
        if (!REQUEST_EVENTS.has(args[0])) return Reflect.apply(emit, this, args);
        return serve(agent, emit, this, args);
      };
      return wrapper;
    });
  }
  // Node emits a request's data from its parser, outside the context of whoever listens.
  for (const { prototype } of [http.IncomingMessage, http.ServerResponse]) {
    wrapMethod(prototype, 'emit', (emit) => {
      const wrapper: Callable = function (...args) {
        const state = requestOf(this as object);
        if (state === undefined) return Reflect.apply(emit, this, args);
        if (args[0] === 'close' && this === state.response) finish(state);
        if (context.active() === state.context) return Reflect.apply(emit, this, args);
        return context.with(state.context, () => Reflect.apply(emit, this, args));
      };
      return wrapper;
    });
  }
  hookResponse(agent);
}

function serve(agent: Agent, emit: Callable, server: unknown, args: unknown[]): unknown {
  const [, request, response] = args as [unknown, IncomingMessage, ServerResponse];
  let state: RequestState | undefined;
  try {
    // A handler of `checkContinue` emits `request` itself: the request is known then.
    if (requestOf(request) === undefined) state = begin(agent, request, response);
  } catch (error) {
    swallow(agent, 'instrument.http', error);
  }
  if (state === undefined) return Reflect.apply(emit, server, args);
  try {
    if (!admitRequest(state)) return true;
  } catch (error) {
    swallow(agent, 'instrument.http', error);
  }
  return context.with(state.context, () => Reflect.apply(emit, server, args));
}

function begin(agent: Agent, request: IncomingMessage, response: ServerResponse): RequestState {
  const forwarded = request.headers['x-forwarded-for'];
  const ip = clientIp(
    request.socket.remoteAddress,
    Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    agent.config.trustedProxies,
  );
  const entry = startEntrySpan(request, ip);
  const { span, ownsSpan } = entry;
  return attachRequest(entry.context, { agent, span, ownsSpan, request, response, clientIp: ip });
}

/** Returns false where the request was answered at the door. */
function admitRequest(state: RequestState): boolean {
  if (state.agent.waf() === undefined) return true;
  const { headers, method, url = '' } = state.request;
  const { cookie, ...others } = headers;
  const query = queryOf(url);
  state.query = parseQuery(query);
  state.cookies = cookie === undefined ? undefined : parseCookies(cookie);
  const block = checkInputs(state, {
    'http.client_ip': state.clientIp === '' ? undefined : state.clientIp,
    'server.request.uri.raw': url,
    'server.request.method': method,
    'server.request.headers.no_cookies': others,
    'server.request.cookies': state.cookies,
    'server.request.query': query === '' ? undefined : state.query,
  });
  if (block === undefined) return true;
  answerBlock(state, block);
  return false;
}

/** Seen in passing: a listener would count for the application's limit of listeners. Once a request. */
function finish(state: RequestState): void {
  if (state.ended) return;
  try {
    const { response } = state;
    reportWaf(state);
    state.ended = true;
    const status = response.headersSent ? response.statusCode : undefined;
    if (state.ownsSpan) endEntrySpan(state.span, status, state.answeredAt);
  } catch (error) {
    swallow(state.agent, 'instrument.http', error);
  }
}
