import { type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type RequestState, requestOf } from '../context/request.ts';
import { answerBlock } from '../guard/block-response.ts';
import { checkInputs } from '../guard/check.ts';
import { swallow } from '../guard/faults.ts';
import type { Agent } from '../init/agent.ts';
import { type Callable, wrapMethod } from './engine/wrap.ts';
import { admitRawBody } from './request/raw-body.ts';

/**
 * The methods of a response that send something. Before the first of them does, the WAF sees status and headers; on a
 * response that was answered by a block they do nothing. The value is what a call that does nothing returns.
 */
const SENDING: Record<string, (response: unknown) => unknown> = {
  writeHead: (response) => response,
  write: () => true,
  end: (response) => response,
  flushHeaders: () => undefined,
};

export function hookResponse(agent: Agent): void {
  for (const [method, nothing] of Object.entries(SENDING)) {
    wrapMethod(ServerResponse.prototype, method, (original) => {
      const wrapper: Callable = function (...args) {
        const response = this as ServerResponse;
        const state = requestOf(response);
        if (state === undefined || state.phase === 'sending') return Reflect.apply(original, this, args);
        if (state.phase === 'open' && !state.responseChecked && !response.headersSent) {
          state.responseChecked = true;
          try {
            if (admitRawBody(state)) checkResponse(state, response, method === 'writeHead' ? args : []);
          } catch (error) {
            swallow(agent, 'instrument.response', error);
          }
        }
        if (state.phase !== 'closed') {
          if (method !== 'end' || response.writableEnded) return Reflect.apply(original, this, args);
          return endTimed(state, response, () => Reflect.apply(original, this, args));
        }
        const done = args.findLast((argument) => typeof argument === 'function');
        if (done !== undefined) process.nextTick(done as () => void);
        return nothing(this);
      };
      return wrapper;
    });
  }
}

/**
 * A client has a short answer before Node tells that it has been sent: the request ends when the application ends the
 * response, unless the socket cannot take all of it at once.
 */
function endTimed(state: RequestState, response: ServerResponse, end: () => unknown): unknown {
  const time = performance.now();
  const result = end();
  if (response.socket?.writableLength === 0) state.answeredAt = time;
  return result;
}

function checkResponse(state: RequestState, response: ServerResponse, writeHeadArgs: unknown[]): void {
  const waf = state.agent.waf();
  if (waf === undefined) return;
  const wantsHeaders = waf.knownAddresses.has('server.response.headers.no_cookies');
  if (!wantsHeaders && !waf.knownAddresses.has('server.response.status')) return;
  const block = checkInputs(state, {
    'server.response.status': String(writeHeadArgs[0] ?? response.statusCode),
    'server.response.headers.no_cookies': wantsHeaders ? headersOf(response, writeHeadArgs) : undefined,
  });
  if (block !== undefined) answerBlock(state, block);
}

/** The headers set so far and those given to `writeHead`, names in lower case, without `set-cookie`. */
function headersOf(response: ServerResponse, writeHeadArgs: unknown[]): OutgoingHttpHeaders {
  const headers = { ...response.getHeaders() };
  const given: unknown = typeof writeHeadArgs[1] === 'string' ? writeHeadArgs[2] : writeHeadArgs[1];
  for (const [name, value] of headerEntries(given)) headers[name.toLowerCase()] = value;
  delete headers['set-cookie'];
  return headers;
}

/** `writeHead` takes an object, a flat list of names and values, or a list of pairs. */
function headerEntries(given: unknown): [string, OutgoingHttpHeaders[string]][] {
  if (typeof given !== 'object' || given === null) return [];
  if (!Array.isArray(given)) return Object.entries(given as OutgoingHttpHeaders);
  if (Array.isArray(given[0])) return given.map(([name, value]) => [String(name), String(value)]);
  const entries: [string, string][] = [];
  for (let i = 0; i + 1 < given.length; i += 2) entries.push([String(given[i]), String(given[i + 1])]);
  return entries;
}
