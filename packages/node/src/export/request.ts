import { AsyncResource } from 'node:async_hooks';
import http from 'node:http';
import https from 'node:https';
import { clearTimeout, setTimeout } from 'node:timers';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '../tracer/suppress.ts';

// Taken when the agent loads, before its own instrumentation or anything after it wraps them.
const plain = { request: http.request, Agent: http.Agent };
const secure = { request: https.request, Agent: https.Agent };

/** A host that does not answer at all: its pending connection would keep an application from ending. Milliseconds. */
const CONNECT_TIMEOUT = 3000;
const MAX_SOCKETS = 4;

export interface AgentRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers: Readonly<Record<string, string | number>>;
  body?: Uint8Array;
  /** Milliseconds from the start until the response has been read. */
  timeout: number;
  /** Bytes of a response that are read; a longer one is an error. */
  maxResponse: number;
}

export interface AgentResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

export interface Requester {
  /** Sends a request. Rejects on network errors, time-outs and responses over the bound; any status resolves. */
  send(request: AgentRequest): Promise<AgentResponse>;
  /** Runs what must not carry the context of the request in which it happens to be called. */
  detached<T>(fn: () => T): T;
  /** Closes the kept connections. */
  close(): void;
}

/**
 * The agent's own HTTP client. Its requests are neither traced nor checked, connections are kept, and neither they nor
 * its timers keep the process alive.
 */
export function createRequester(): Requester {
  const scope = new AsyncResource('wardline');
  const agents = {
    'http:': new plain.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
    'https:': new secure.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
  };
  const ownContext = suppressTracing(ROOT_CONTEXT);
  const detached = <T>(fn: () => T): T => scope.runInAsyncScope(() => context.with(ownContext, fn));

  const attempt = (request: AgentRequest): Promise<AgentResponse> =>
    detached(() => {
      const { request: start } = request.url.protocol === 'https:' ? secure : plain;
      const agent = agents[request.url.protocol === 'https:' ? 'https:' : 'http:'];
      return exchange(start, agent, request);
    });

  return {
    detached,
    async send(request) {
      try {
        return await attempt(request);
      } catch (error) {
        // The server closed a kept connection just as it was used again; a new one will do.
        if (error instanceof StaleConnectionError) return attempt(request);
        throw error;
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

class StaleConnectionError extends Error {}

function exchange(
  start: typeof http.request,
  agent: http.Agent,
  { method, url, headers, body, timeout, maxResponse }: AgentRequest,
): Promise<AgentResponse> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': body.byteLength };
    const request = start(url, { method, agent, headers: { ...headers, ...length } });
    let connecting: NodeJS.Timeout | undefined;
    const done = () => {
      clearTimeout(deadline);
      clearTimeout(connecting);
    };
    // The error is not handed to `destroy`: on a connection that is already free again nobody listens for it, and it
    // would end the process.
    const fail = (error: Error) => {
      done();
      reject(error);
      request.destroy();
    };
    const deadline = setTimeout(() => fail(new Error(`no complete answer within ${timeout} ms`)), timeout);
    deadline.unref();

    request.on('socket', (socket) => {
      socket.unref();
      if (!socket.connecting) return;
      connecting = setTimeout(
        () => fail(new Error(`no connection within ${CONNECT_TIMEOUT} ms`)),
        CONNECT_TIMEOUT,
      );
      connecting.unref();
      socket.once('connect', () => clearTimeout(connecting));
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      fail(stale ? new StaleConnectionError(error.message, { cause: error }) : error);
    });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxResponse) fail(new Error(`the answer is longer than ${maxResponse} bytes`));
        else chunks.push(chunk);
      });
      response.on('end', () => {
        done();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
      // A connection that breaks after the headers, where `end` never comes.
      response.on('error', fail);
    });
    request.end(body);
  });
}
