import { REGEX_SET_LIMITS } from '../regex/index.ts';
import type { WafLimits } from '../types.ts';

export const DEFAULT_LIMITS: Readonly<WafLimits> = {
  stringLength: 256 * 1024,
  containerSize: 5000,
  depth: 32,
  totalValues: 10_000,
  timeout: 5000,
  cacheMemory: REGEX_SET_LIMITS.cacheBytes,
};

/** The limits that a host gives, and the defaults where it gives none or what is no limit. */
export function limitsOf(given: Partial<Record<keyof WafLimits, unknown>> = {}): Readonly<WafLimits> {
  const valid = Object.entries(given).filter(([, value]) => isLimit(value));
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(valid) };
}

export function isLimit(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

/**
 * At least so much of a sink's argument is looked at: an SQL statement that is cut short no longer parses, and nothing
 * would be found in it.
 */
export const MIN_SINK_LENGTH = 64 * 1024;
