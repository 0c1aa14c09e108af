import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BoundedMap } from '../auth/bounded-map.ts';
import { refuseOtherOrigins } from '../auth/origin.ts';
import { RateLimiter } from '../auth/rate-limiter.ts';
import { clearSessionCookie, SESSION_COOKIE, setSessionCookie } from '../auth/session-cookie.ts';
import type { Sessions } from '../auth/sessions.ts';
import { normalizeEmail, type User, type Users } from '../auth/users.ts';
import { ApiError } from '../http/api-error.ts';
import { plainText, validate } from '../http/validate.ts';
import { parseIpRange } from '../remote-config/ip-range.ts';

const credentials = z.object({ email: plainText(320), password: z.string().max(1_000) });

/** Attempts to sign in: someone who mistypes has enough of them, and a list of passwords takes years. */
const PER_ACCOUNT = { burst: 10, interval: 30_000 };
const PER_ADDRESS = { burst: 20, interval: 15_000 };
/** Accounts with an address that are remembered. */
const MAX_KNOWN = 10_000;

export interface SessionDependencies {
  users: Users;
  sessions: Sessions;
  now?: () => number;
}

/** Signing in to the UI, who is signed in, signing out. */
export function registerSession(
  app: FastifyInstance,
  { users, sessions, now = Date.now }: SessionDependencies,
): void {
  const perAccount = new RateLimiter(PER_ACCOUNT);
  const perAddress = new RateLimiter(PER_ADDRESS);

  // From where who has signed in: other people's wrong guesses don't lock them out there.
  const known = new BoundedMap<string, true>(MAX_KNOWN);

  const accountBucket = (account: string, address: string): string =>
    known.get(pair(account, address)) ? pair(account, address) : account;

  async function signIn(request: FastifyRequest, reply: FastifyReply) {
    refuseOtherOrigins(request);
    const { email, password } = validate(credentials, request.body);
    const account = normalizeEmail(email);
    const address = networkOf(request.ip);
    // An address that has had its attempts takes none of the account's, or it could lock its owner out by itself.
    const wait = perAddress.take(address, now()) || perAccount.take(accountBucket(account, address), now());
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      throw new ApiError(429, `Too many attempts to sign in; try again in ${seconds} s`, {
        'retry-after': String(seconds),
      });
    }
    const user = await users.verify(account, password);
    if (!user) {
      request.log.warn({ ip: request.ip, email: account }, 'sign-in failed');
      throw new ApiError(401, 'Wrong email or password');
    }
    perAccount.reset(accountBucket(account, address));
    perAddress.reset(address);
    known.set(pair(account, address), true);
    setSessionCookie(request, reply, await sessions.create(user.id));
    return sessionOf(user);
  }

  app.post('/api/v2/session', { config: { access: 'public' } }, signIn);

  // Public, because the UI asks it before anyone has signed in: nobody is an answer, not an error.
  app.get('/api/v2/session', { config: { access: 'public' } }, async (request, reply) => {
    const token = request.cookies[SESSION_COOKIE];
    const session = token === undefined ? undefined : await sessions.verify(token);
    if (token === undefined || !session) return { data: null };
    if (session.renewed) setSessionCookie(request, reply, token);
    return sessionOf(session.user);
  });

  app.delete('/api/v2/session', async (request, reply) => {
    const token = request.cookies[SESSION_COOKIE];
    if (token !== undefined) await sessions.end(token);
    clearSessionCookie(request, reply);
    return reply.code(204).send();
  });
}

function sessionOf({ id, email, name }: User) {
  return { data: { type: 'session', id, attributes: { email, name } } };
}

/** An IPv6 network has 2^64 addresses for the one who holds it: they count as one. */
function networkOf(ip: string): string {
  const address = ip.replace(/%.*$/, '');
  const single = parseIpRange(address);
  if (single?.version !== 6) return single?.value ?? ip;
  return parseIpRange(`${address}/64`)?.value ?? ip;
}

/** What is taken for an email may have spaces, but no NUL. */
function pair(account: string, address: string): string {
  return `${account}\0${address}`;
}
