import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../http/api-error.ts';
import type { Key, Keys } from './keys.ts';
import { refuseOtherOrigins } from './origin.ts';
import { SESSION_COOKIE, setSessionCookie } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';
import type { User } from './users.ts';

/**
 * What a route asks for:
 * - `public`: nothing
 * - `api-key`: an API key; the intake, agents' remote config, and the validation of keys
 * - `user`: an API key and an application key, or the session of someone who signed in; what a route gets that says
 *   nothing
 */
export type Access = 'public' | 'api-key' | 'user';

/** Who makes a request. */
export type Principal =
  | { kind: 'api-key'; apiKey: Key }
  | { kind: 'keys'; apiKey: Key; applicationKey: Key }
  | { kind: 'session'; user: User };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Set once the request is authenticated. */
    principal?: Principal;
  }
}

export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** One check for each kind of access; each sets `request.principal` or throws a 401 (nothing given) or 403 (wrong). */
export function createAuthentication(keys: Keys, sessions: Sessions): Record<Access, Authenticate> {
  return {
    public: async () => {},

    'api-key': async (request) => {
      if (request.principal) return;
      const text = apiKeyOf(request);
      if (text === undefined) throw unauthorized(['DD-API-KEY']);
      const apiKey = await keys.verify('api', text);
      if (!apiKey) throw forbidden();
      request.principal = { kind: 'api-key', apiKey };
    },

    user: async (request, reply) => {
      if (request.principal) return;
      const apiText = header(request, 'dd-api-key');
      const applicationText = header(request, 'dd-application-key');
      if (apiText !== undefined || applicationText !== undefined) {
        const [apiKey, applicationKey] = await Promise.all([
          keys.verify('api', apiText ?? ''),
          keys.verify('application', applicationText ?? ''),
        ]);
        if (!apiKey || !applicationKey) throw forbidden();
        request.principal = { kind: 'keys', apiKey, applicationKey };
        return;
      }
      const token = request.cookies[SESSION_COOKIE];
      if (token === undefined) throw unauthorized(['DD-API-KEY', 'DD-APPLICATION-KEY']);
      const session = await sessions.verify(token);
      if (!session) throw unauthorized(['DD-API-KEY', 'DD-APPLICATION-KEY']);
      if (!READS.has(request.method)) refuseOtherOrigins(request);
      if (session.renewed) setSessionCookie(request, reply, token);
      request.principal = { kind: 'session', user: session.user };
    },
  };
}

/** Who did it, for people to read: an email, or an application key's name. */
export function nameOf(principal: Principal | undefined): string {
  switch (principal?.kind) {
    case 'session':
      return principal.user.email;
    case 'keys':
      return principal.applicationKey.name;
    case 'api-key':
      return principal.apiKey.name;
    default:
      return '';
  }
}

/** `DD-API-KEY`, or the ways in which OTLP exporters are set up to send one. */
function apiKeyOf(request: FastifyRequest): string | undefined {
  const given = header(request, 'dd-api-key') ?? header(request, 'x-api-key');
  if (given !== undefined) return given;
  return /^Bearer +(\S+) *$/i.exec(header(request, 'authorization') ?? '')?.[1];
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function unauthorized(headers: readonly string[]): ApiError {
  return new ApiError(401, ['Unauthorized', `Send ${headers.join(' and ')}`], {
    'www-authenticate': `ApiKey headers="${headers.join(', ')}"`,
  });
}

function forbidden(): ApiError {
  return new ApiError(403, 'Forbidden');
}
