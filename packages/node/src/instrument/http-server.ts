import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { context } from '@opentelemetry/api';
import { attachRequest, type RequestState, requestOf } from '../context/request.ts';
import type { Block } from '../guard/block.ts';
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
import { noteChunk } from './request/raw-body.ts';

/** Events with which a server hands a request to the application. */
const REQUEST_EVENTS = new Set<unknown>(['request', 'checkContinue', 'checkExpectation']);

/** With which it hands over the connection: a WebSocket's handshake, or a tunnel. */
const UPGRADE_EVENTS = new Set<unknown>(['upgrade', 'connect']);

/**
 * Servers of `node:http` and `node:https`: each request gets its entry span and its state, and the WAF sees its line,
 * headers, cookies, query and client IP before any handler runs.
 */
export function hookHttpServer(agent: Agent): void {
  for (const { prototype } of [http.Server, https.Server]) {
    wrapMethod(prototype, 'emit', (emit) => {
      const wrapper: Callable = function (...args) {
        if (REQUEST_EVENTS.has(args[0])) return serve(agent, emit, this, args);
        if (UPGRADE_EVENTS.has(args[0])) return upgrade(agent, emit, this, args);
        return Reflect.apply(emit, this, args);
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
        else if (args[0] === 'data' && this === state.request) noteChunk(state, args[1]);
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

/** A handshake is checked as a request is. There is no response; for a block one is made. */
function upgrade(agent: Agent, emit: Callable, server: unknown, args: unknown[]): unknown {
  const [, request, socket] = args as [unknown, IncomingMessage, Socket];
  let state: RequestState | undefined;
  try {
    if (requestOf(request) === undefined) {
      state = begin(agent, request, new http.ServerResponse(request));
      const block = checkRequest(state);
      if (block !== undefined) {
        refuseUpgrade(state, block, socket);
        return true;
      }
    }
  } catch (error) {
    swallow(agent, 'instrument.http', error);
  }
  if (state === undefined) return Reflect.apply(emit, server, args);
  const { context: own } = state;
  try {
    return context.with(own, () => Reflect.apply(emit, server, args));
  } finally {
    end(state, () => state.ownsSpan && state.span.end());
  }
}

function refuseUpgrade(state: RequestState, block: Block, socket: Socket): void {
  const { response } = state;
  socket.on('error', () => socket.destroy());
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => socket.destroySoon());
  answerBlock(state, block);
  finish(state);
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
  const block = checkRequest(state);
  if (block === undefined) return true;
  answerBlock(state, block);
  return false;
}

function checkRequest(state: RequestState): Block | undefined {
  if (state.agent.waf() === undefined) return undefined;
  const { headers, method, url = '' } = state.request;
  const { cookie, ...others } = headers;
  const query = queryOf(url);
  state.query = parseQuery(query);
  state.cookies = cookie === undefined ? undefined : parseCookies(cookie);
  return checkInputs(state, {
    'http.client_ip': state.clientIp === '' ? undefined : state.clientIp,
    'server.request.uri.raw': url,
    'server.request.method': method,
    'server.request.headers.no_cookies': others,
    'server.request.cookies': state.cookies,
    'server.request.query': query === '' ? undefined : state.query,
  });
}

/** Seen in passing: a listener would count for the application's limit of listeners. Once a request. */
function finish(state: RequestState): void {
  end(state, () => {
    const status = state.response.headersSent ? state.response.statusCode : undefined;
    if (state.ownsSpan) endEntrySpan(state.span, status, state.answeredAt);
  });
}

function end(state: RequestState, endSpan: () => void): void {
  if (state.ended) return;
  try {
    reportWaf(state);
    state.ended = true;
    endSpan();
  } catch (error) {
    swallow(state.agent, 'instrument.http', error);
  }
}
