/** A value, and until when it counts: seconds since the epoch, 0 for ever. */
export interface DatedValue {
  value: string;
  expiration: number;
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
