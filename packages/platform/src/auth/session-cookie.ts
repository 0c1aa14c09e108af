import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_TTL } from './sessions.ts';

export const SESSION_COOKIE = 'wardline_session';

/** Not readable by scripts, not sent along with requests from other sites, and over HTTPS only where that is spoken. */
function attributes(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' } as const;
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, { ...attributes(request), maxAge: SESSION_TTL / 1000 });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, attributes(request));
}
