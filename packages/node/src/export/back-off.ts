const FIRST = 1000;
/** Longer than this a server is not obeyed: it may have meant something else. */
const MAX_RETRY_AFTER = 5 * 60_000;

/**
 * Milliseconds to wait before the next attempt: exponential from 1 s up to `maximum`, of which a random half, so that
 * many processes that lost the platform at once don't come back at once.
 * @param failures in a row, from 1
 */
export function backOff(failures: number, maximum: number, random: () => number = Math.random): number {
  const full = Math.min(maximum, FIRST * 2 ** Math.min(failures - 1, 30));
  return full / 2 + (random() * full) / 2;
}

/**
 * The header `Retry-After` in milliseconds from `now` (milliseconds since the epoch): a number of seconds, or a date
 * (RFC 9110, section 10.2.3). Undefined where there is none or it cannot be read.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER);
}
