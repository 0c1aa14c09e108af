import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { ApiError } from './api-error.ts';
import { handleClientError } from './client-error.ts';
import { handleError } from './error-handler.ts';
import { jsonFault } from './json-fault.ts';
import { DATA_POLICY, SECURITY_HEADERS } from './security-headers.ts';

/** Bytes of a REST call's body. The intake sets its own limit. */
const BODY_LIMIT = 1024 * 1024;
const JSON_TYPES = ['application/json', 'application/vnd.api+json'];
/** Milliseconds for a client to send its whole request, so that slow ones don't hold sockets. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Milliseconds between looks for those; Node's 30 s would let them stay for up to three times their time. */
const TIMEOUT_CHECK_MS = 5_000;

export interface ServerOptions {
  log: Logger;
  /** Addresses of reverse proxies whose `X-Forwarded-*` is believed; none by default. */
  trustedProxies?: readonly string[];
}

/** An HTTP server with what every route shares: request ids, JSON bodies, errors in one shape, security headers. */
export function createServer({ log, trustedProxies }: ServerOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    trustProxy: trustedProxies ? [...trustedProxies] : false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 500 },
    // Malformed paths, such as `/%`, meet neither hooks nor the error handler.
    frameworkErrors: (error, request, reply) => {
      reply.headers(headersFor(request.id));
      handleError(error, request, reply);
    },
    clientErrorHandler: handleClientError,
  }) as unknown as FastifyInstance;
  app.register(cookie);
  app.setErrorHandler(handleError);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(JSON_TYPES, { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, parseJson(body as string));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    reply.headers({
      'content-security-policy': DATA_POLICY,
      'x-request-id': request.id,
      'cache-control': 'no-store',
    });
  });
  return app;
}

/** What every answer has, unless its route says otherwise. */
function headersFor(requestId: string): Record<string, string> {
  return {
    ...SECURITY_HEADERS,
    'content-security-policy': DATA_POLICY,
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
}

function parseJson(text: string): unknown {
  // A body is optional where a method allows none, and then its absence is the route's to judge.
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = jsonFault(text);
    if (!fault) throw error;
    const { position, line, column, expected } = fault;
    throw new ApiError(
      400,
      `The body is not valid JSON: at position ${position} (line ${line}, column ${column}), expected ${expected}`,
    );
  }
}
