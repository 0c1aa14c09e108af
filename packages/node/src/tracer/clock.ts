import type { TimeInput } from '@opentelemetry/api';

// Taken when the agent loads: test frameworks later replace the global ones by clocks that stand still.
const monotonicMs = performance.now.bind(performance);
const wallClockMs = Date.now;

/** Milliseconds: three years of running, or a day in 1973. */
const LARGEST_UPTIME = 1e11;

/** Milliseconds that the wall clock is watched at the start, until it goes on to its next millisecond. */
const WATCHED = 2;

let origin = performance.timeOrigin;
const started = monotonicMs();
while (monotonicMs() - started < WATCHED) clockOrigin();

/**
 * What the monotonic clock's zero is in milliseconds since the epoch. `performance.timeOrigin` says so too, but may be
 * off by milliseconds, and a sleep or a correction by NTP moves it; spans of two services shall stand in each other
 * truthfully. Each local trace keeps the origin that it began with, so that its spans agree among themselves even when
 * the wall clock is set meanwhile.
 */
export function clockOrigin(): number {
  const before = monotonicMs();
  const wall = wallClockMs();
  origin = correctOrigin(origin, before, wall, monotonicMs());
  return origin;
}

/**
 * The origin nearest to `origin` that agrees with one reading of the wall clock, which counts whole milliseconds, taken
 * between two of the monotonic clock. A process that waited for the processor in between has learned less, but nothing
 * wrong.
 */
export function correctOrigin(origin: number, before: number, wall: number, after: number): number {
  return Math.min(Math.max(origin, wall - after), wall + 1 - before);
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
