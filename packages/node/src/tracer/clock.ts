import type { TimeInput } from '@opentelemetry/api';

// Taken when the agent loads: test frameworks later replace the global ones by clocks that stand still.
const monotonicMs = performance.now.bind(performance);
const wallClockMs = Date.now;

/** A laptop's sleep or a correction by NTP moves the wall clock against the monotonic one by more than this, in ms. */
const DRIFT = 50;

/** Milliseconds: three years of running, or a day in 1973. */
const LARGEST_UPTIME = 1e11;

let origin = performance.timeOrigin;

/**
 * What the monotonic clock's zero is in milliseconds since the epoch. Each local trace keeps the origin that it began
 * with, so that its spans agree among themselves even when the wall clock is set meanwhile.
 */
export function clockOrigin(): number {
  const wall = wallClockMs();
  if (Math.abs(wall - (origin + monotonicMs())) > DRIFT) origin = wall - monotonicMs();
  return origin;
}

/** Milliseconds since the epoch with a fraction (a resolution of 0.25 µs), by the monotonic clock. */
export function now(clockOrigin: number): number {
  return clockOrigin + monotonicMs();
}

/**
 * OpenTelemetry's `TimeInput` as milliseconds since the epoch: a Date, `[seconds, nanoseconds]`, milliseconds since the
 * epoch, or a reading of `performance.now()`, which is told from the former by its size. Anything else is taken as now.
 */
export function toMilliseconds(time: TimeInput, clockOrigin: number): number {
  const ms = Array.isArray(time) ? time[0] * 1e3 + time[1] / 1e6 : Number(time);
  if (!Number.isFinite(ms)) return now(clockOrigin);
  return typeof time === 'number' && ms < LARGEST_UPTIME ? clockOrigin + ms : ms;
}

/** Milliseconds since the epoch as whole nanoseconds; 0 for what is not a time. */
export function toNanoseconds(ms: number): bigint {
  if (!Number.isFinite(ms) || ms < 0) return 0n;
  const whole = Math.floor(ms);
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1e6));
}
