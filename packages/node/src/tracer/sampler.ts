const RANDOM_DIGITS = 13;
const RANDOM_RANGE = 16 ** RANDOM_DIGITS;

/**
 * Whether a trace that begins here is kept, at a rate from 0 to 1. Decided by the rightmost digits of the trace id,
 * which W3C Trace Context level 2 requires to be random: services with the same rate decide alike.
 */
export function isSampled(traceId: string, rate: number): boolean {
  if (rate >= 1) return true;
  if (rate <= 0) return false;
  return Number.parseInt(traceId.slice(-RANDOM_DIGITS), 16) >= (1 - rate) * RANDOM_RANGE;
}
