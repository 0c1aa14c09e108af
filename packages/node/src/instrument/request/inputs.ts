import type { RequestState } from '../../context/request.ts';
import { answerBlock } from '../../guard/block-response.ts';
import { type Addresses, checkInputs } from '../../guard/check.ts';
import { isSameValue } from './same-value.ts';

/** UTF-8 bytes of a raw body that are decoded for the WAF, which looks at fewer characters. */
const MAX_RAW_BODY = 16_384;

/** What a framework has parsed of a request. Absent parts are not looked at. */
export interface ParsedInputs {
  query?: unknown;
  cookies?: unknown;
  params?: unknown;
  body?: unknown;
}

/**
 * Gives the WAF what is new among a framework's parsed inputs, and answers the request where that asks for a block.
 * Returns false where the request has been answered and no handler may run. On the request path.
 */
export function admitInputs(state: RequestState, inputs: ParsedInputs): boolean {
  if (state.phase !== 'open') return false;
  let addresses: Addresses | undefined;
  const { query, cookies, params, body } = inputs;
  if (query !== undefined && query !== state.query) {
    if (!isSameValue(query, state.query)) {
      addresses ??= {};
      addresses['server.request.query'] = query;
    }
    state.query = query;
  }
  if (cookies !== undefined && cookies !== state.cookies) {
    if (hasEntries(cookies) && !isSameValue(cookies, state.cookies)) {
      addresses ??= {};
      addresses['server.request.cookies'] = cookies;
    }
    state.cookies = cookies;
  }
  if (params !== undefined && params !== state.params) {
    state.params = params;
    if (hasEntries(params)) {
      addresses ??= {};
      addresses['server.request.path_params'] = params;
    }
  }
  if (body !== undefined && body !== null && body !== state.body) {
    state.body = body;
    const value = bodyValue(body);
    if (value !== undefined) {
      addresses ??= {};
      addresses['server.request.body'] = value;
      state.bodySeen = true;
      state.rawBody = undefined;
    }
  }
  if (addresses === undefined) return true;
  const block = checkInputs(state, addresses);
  if (block === undefined) return true;
  answerBlock(state, block);
  return false;
}

function hasEntries(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (const _key in value) return true;
  return false;
}

/** A body as the WAF reads it; undefined for an empty one and for a stream, which nobody has read yet. */
function bodyValue(body: unknown): unknown {
  if (typeof body === 'string') return body === '' ? undefined : body;
  if (typeof body !== 'object' || body === null) return body;
  if (Buffer.isBuffer(body)) return body.length === 0 ? undefined : body.toString('utf8', 0, MAX_RAW_BODY);
  if (typeof (body as { pipe?: unknown }).pipe === 'function') return undefined;
  return hasEntries(body) ? body : undefined;
}
