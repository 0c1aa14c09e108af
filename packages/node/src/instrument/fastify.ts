import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { requestOf } from '../context/request.ts';
import { swallow } from '../guard/faults.ts';
import type { Agent } from '../init/agent.ts';
import { setRoute } from './request/entry-span.ts';
import { admitInputs } from './request/inputs.ts';

interface Request {
  raw: IncomingMessage;
  query: unknown;
  params: unknown;
  body: unknown;
  cookies?: unknown;
  is404?: boolean;
  routeOptions?: { url?: unknown };
}
interface Reply {
  hijack(): unknown;
}
type Hook = (request: Request, reply: Reply, done: () => void) => void;
interface Instance {
  addHook(name: string, hook: Hook): unknown;
}

/**
 * Fastify 5 announces each instance before the application has added anything to it, in every module system; our hooks
 * are therefore the first at each stage. At `onRequest` the router has the query and the parameters, at
 * `preValidation` the body has been parsed, and at both the cookies may have been.
 */
export function hookFastify(agent: Agent): void {
  subscribe('fastify.initialization', (message) => {
    try {
      const { fastify } = message as { fastify: Instance };
      fastify.addHook('onRequest', stage(agent, noteRoute));
      fastify.addHook(
        'preValidation',
        stage(agent, () => {}),
      );
    } catch (error) {
      swallow(agent, 'instrument.fastify', error);
    }
  });
}

function stage(agent: Agent, note: (request: Request) => void): Hook {
  return (request, reply, done) => {
    let admitted = true;
    try {
      const state = requestOf(request.raw);
      if (state !== undefined) {
        note(request);
        const { query, params, body, cookies } = request;
        admitted = admitInputs(state, { query, params, body, cookies });
      }
    } catch (error) {
      swallow(agent, 'instrument.fastify', error);
    }
    // A hijacked reply is not Fastify's to send any more, and without `done` no handler runs.
    if (admitted) done();
    else reply.hijack();
  };
}

function noteRoute(request: Request): void {
  const state = requestOf(request.raw);
  const url = request.routeOptions?.url;
  if (state !== undefined && request.is404 !== true && typeof url === 'string') {
    setRoute(state.span, request.raw, url);
  }
}
