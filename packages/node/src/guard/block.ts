import { randomUUID } from 'node:crypto';
import type { WafResult } from '@wardline/waf';

/** What the client is answered in place of the application's response. */
export type Block =
  | { type: 'page'; status: number; format: 'auto' | 'html' | 'json'; responseId: string }
  | { type: 'redirect'; status: number; location: string; responseId: string };

/**
 * The block among a result's actions, or undefined. A redirect has precedence over a page. Parameters that are not
 * usable are replaced by the defaults of the format: 403 and `auto` for a page, 303 for a redirect.
 */
export function blockOf(actions: WafResult['actions']): Block | undefined {
  const redirect = actions.redirect_request;
  if (redirect !== undefined && typeof redirect.location === 'string') {
    const responseId = responseIdOf(redirect);
    return {
      type: 'redirect',
      status: statusOf(redirect.status_code, 300, 399) ?? 303,
      location: redirect.location.replaceAll('[security_response_id]', responseId),
      responseId,
    };
  }
  const page = actions.block_request ?? redirect;
  if (page === undefined) return undefined;
  return {
    type: 'page',
    status: statusOf(page.status_code, 200, 599) ?? 403,
    format: page.type === 'html' || page.type === 'json' ? page.type : 'auto',
    responseId: responseIdOf(page),
  };
}

/** The block that the SDK's `blockRequest` asks for, which no rule has described. */
export function defaultBlock(): Block {
  return { type: 'page', status: 403, format: 'auto', responseId: randomUUID() };
}

function responseIdOf(parameters: Record<string, unknown>): string {
  const id = parameters.security_response_id;
  return typeof id === 'string' && id !== '' ? id : randomUUID();
}

function statusOf(value: unknown, least: number, most: number): number | undefined {
  const status = Number(value);
  return Number.isInteger(status) && status >= least && status <= most ? status : undefined;
}
