import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AttributeValue } from '@opentelemetry/api';
import { ATTRIBUTE, BUSINESS_EVENT_PREFIX, LOGIN_FAILURE, LOGIN_SUCCESS } from '@wardline/telemetry';
import { currentRequest, type RequestState, requestOf } from '../context/request.ts';
import { defaultBlock } from '../guard/block.ts';
import { answerBlock } from '../guard/block-response.ts';
import { type Addresses, checkInputs } from '../guard/check.ts';
import { swallow } from '../guard/faults.ts';
import { flattenMetadata, type Metadata } from './metadata.ts';

export type { Metadata } from './metadata.ts';

/** Who acts. `id` is what block lists name. */
export interface User {
  id: string | number;
  email?: string;
  name?: string;
  session_id?: string;
}

/**
 * What an application tells about its users, under the names that Datadog's library has for it. Outside a request, and
 * while the agent is off, each does nothing. None throws.
 */
export const appsec = {
  /** Says whose request this is, once that is known. Does not block; ask `isUserBlocked`. */
  setUser(user: User): void {
    inRequest('set_user', (state) => {
      const id = idOf(user);
      if (id === undefined) return;
      describeUser(state, user, id);
      checkUser(state, id, sessionOf(user));
    });
  },

  /** A login that succeeded. `login` is the name or address that was typed. */
  trackUserLoginSuccess(login: string, user?: User, metadata?: Metadata): void {
    inRequest('track', (state) => {
      const id = idOf(user);
      if (user !== undefined && id !== undefined) describeUser(state, user, id);
      track(state, LOGIN_SUCCESS, metadata, { 'usr.login': text(login), 'usr.id': id });
      checkUser(state, id, {
        'usr.login': text(login),
        ...sessionOf(user),
        'server.business_logic.users.login.success': null,
      });
    });
  },

  /** A login that failed. `exists` is whether there is such an account. */
  trackUserLoginFailure(login: string, exists: boolean, metadata?: Metadata): void {
    inRequest('track', (state) => {
      track(state, LOGIN_FAILURE, metadata, { 'usr.login': text(login), 'usr.exists': Boolean(exists) });
      checkInputs(state, { 'usr.login': text(login), 'server.business_logic.users.login.failure': null });
    });
  },

  /** Something that matters to the business: `appsec.trackCustomEvent('payment.refused', { amount: 12 })`. */
  trackCustomEvent(name: string, metadata?: Metadata): void {
    inRequest('track', (state) => {
      if (typeof name !== 'string' || name === '') return;
      track(state, name, metadata, {});
      checkInputs(state, { [`server.business_logic.${name}`]: null });
    });
  },

  /** Whether the block list names this user. Always false in monitor mode. Answer with `blockRequest`. */
  isUserBlocked(user: User): boolean {
    const blocked = inRequest('is_user_blocked', (state) => {
      const id = idOf(user);
      if (id === undefined) return false;
      return state.userVerdicts?.get(id) ?? checkUser(state, id, {});
    });
    return blocked ?? false;
  },

  /**
   * Answers a request (default: the current one) with the block page; the handler should return then. Returns whether
   * it was answered so.
   */
  blockRequest(request?: IncomingMessage, response?: ServerResponse): boolean {
    const given = (request && requestOf(request)) ?? (response && requestOf(response));
    const answered = inRequest(
      'block_request',
      (state) => {
        answerBlock(state, defaultBlock());
        return !state.blockFailed;
      },
      given,
    );
    return answered ?? false;
  },
};

function inRequest<T>(name: string, use: (state: RequestState) => T, given?: RequestState): T | undefined {
  const state = given ?? currentRequest();
  if (state === undefined) return undefined;
  try {
    return use(state);
  } catch (error) {
    swallow(state.agent, `sdk.${name}`, error);
    return undefined;
  }
}

/** A rule matches once in a request, so what it said about a user is kept. */
function checkUser(state: RequestState, id: string | undefined, others: Addresses): boolean {
  const blocked = checkInputs(state, { ...others, 'usr.id': id }) !== undefined;
  if (id === undefined) return blocked;
  state.userVerdicts ??= new Map();
  const verdict = blocked || (state.userVerdicts.get(id) ?? false);
  state.userVerdicts.set(id, verdict);
  return verdict;
}

function describeUser(state: RequestState, user: User, id: string): void {
  const { span } = state;
  span.setAttribute(ATTRIBUTE.userId, id);
  if (user.email !== undefined) span.setAttribute(ATTRIBUTE.userEmail, text(user.email));
  if (user.session_id !== undefined) span.setAttribute(ATTRIBUTE.sessionId, text(user.session_id));
}

function sessionOf(user: User | undefined): Addresses {
  return user?.session_id === undefined ? {} : { 'usr.session_id': text(user.session_id) };
}

function track(
  state: RequestState,
  event: string,
  metadata: Metadata | undefined,
  own: Record<string, AttributeValue | undefined>,
): void {
  const prefix = `${BUSINESS_EVENT_PREFIX}${event}.`;
  const attributes = { ...flattenMetadata(metadata), ...own, track: true };
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) state.span.setAttribute(prefix + key, value);
  }
}

function idOf(user: User | undefined): string | undefined {
  const id: unknown = user?.id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}
