/**
 * Values, and until when each counts: seconds since the epoch, 0 for ever. Two lists side by side, since a list of
 * blocked addresses has a hundred thousand, and as many objects take longer to collect than to make.
 */
export interface DatedValues {
  readonly values: readonly string[];
  readonly expirations: readonly number[];
}

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** The later of two expirations, of which 0 is the latest. */
export function laterExpiration(a: number | undefined, b: number): number {
  if (a === undefined) return b;
  return a === 0 || b === 0 ? 0 : Math.max(a, b);
}

export function isExpired(expiration: number, now: Clock): boolean {
  return expiration !== 0 && expiration < Math.floor(now() / 1000);
}
