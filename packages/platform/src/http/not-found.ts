import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access, Authenticate } from '../auth/authenticate.ts';
import { ApiError } from './api-error.ts';

const API = /^\/(?:api|v1)(?:\/|$)/;
/** The UI's routes don't look like files; what does is a file that isn't there. */
const FILE = /\.[A-Za-z0-9]+$/;

/**
 * Answers what no route takes: under the API's paths a 404 for who may call it at all, a page of the UI for who asks for
 * one, else a 404.
 */
export function handleNotFound(
  app: FastifyInstance,
  authentication: Record<Access, Authenticate>,
  sendIndex: (reply: FastifyReply) => void,
): void {
  const refuse = async (request: FastifyRequest, reply: FastifyReply): Promise<never> => {
    await authentication[accessOf(request)](request, reply);
    throw new ApiError(404, 'Not found');
  };
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]!;
    if (API.test(path)) return refuse(request, reply);
    if (FILE.test(path) || (request.method !== 'GET' && request.method !== 'HEAD')) {
      throw new ApiError(404, 'Not found');
    }
    return sendIndex(reply);
  });
}

/** Agents have an API key only. */
function accessOf({ headers }: FastifyRequest): Access {
  return headers['dd-application-key'] === undefined && headers.cookie === undefined ? 'api-key' : 'user';
}
