import type { FastifyRequest } from 'fastify';
import { ApiError } from '../http/api-error.ts';

/**
 * Refuses a write that a page of another origin made the browser send. Browsers say where it comes from by
 * `Sec-Fetch-Site` (Fetch Metadata, W3C) or, over plain HTTP and where they are older, by `Origin`; clients that are no
 * browsers send neither, and hold no cookie that they didn't mean to send.
 */
export function refuseOtherOrigins(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  const origin = request.headers.origin;
  if (site === undefined && (origin === undefined || hostOf(origin) === request.host)) return;
  throw new ApiError(403, ['Forbidden', 'The request comes from a page of another origin']);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
