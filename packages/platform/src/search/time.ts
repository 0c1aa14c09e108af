/**
 * Points in time as the API takes them: ISO 8601, milliseconds since the epoch, and date math (`now`, `now-15m`,
 * `now-1d/d`). All in UTC.
 */

/** A time that can't be read, or a range that ends before it begins. */
export class TimeSyntaxError extends Error {
  override readonly name = 'TimeSyntaxError';
  readonly code = 'time_syntax_error';
}

/** Half-open in neither direction: events at either end belong to the range. Milliseconds since the epoch. */
export interface TimeRange {
  from: number | undefined;
  to: number | undefined;
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
/** What a Date can hold. */
const FURTHEST = 8.64e15;

type Unit = 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'y';
const MILLISECONDS = { s: 1e3, m: 60e3, h: 3_600e3, d: 86_400e3, w: 604_800e3 } as const;
/** 1970-01-05 was the first Monday; weeks begin on Mondays, as in ISO 8601. */
const FIRST_MONDAY = 4 * MILLISECONDS.d;

/**
 * Reads a point in time. `now` in milliseconds since the epoch; so is the result. A time without a zone is UTC.
 * Throws TimeSyntaxError.
 */
export function parseTime(text: string, now: number): number {
  const trimmed = text.trim();
  const time = /^-?\d{1,16}$/.test(trimmed)
    ? Number(trimmed)
    : trimmed.startsWith('now')
      ? dateMath(trimmed, now)
      : isoTime(trimmed);
  if (time === undefined || !(Math.abs(time) <= FURTHEST)) {
    const shown = JSON.stringify(trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed);
    throw new TimeSyntaxError(
      `expected ISO 8601, milliseconds since the epoch or date math such as now-15m, found ${shown}`,
    );
  }
  return time;
}

/** Reads both ends of a range, either of which may be absent. Throws TimeSyntaxError that names the end at fault. */
export function parseTimeRange(from: string | undefined, to: string | undefined, now: number): TimeRange {
  const range = { from: end('from', from, now), to: end('to', to, now) };
  if (range.from !== undefined && range.to !== undefined && range.from >= range.to)
    throw new TimeSyntaxError(`Invalid time range: 'from' (${from}) should be before 'to' (${to})`);
  return range;
}

function end(name: string, text: string | undefined, now: number): number | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return parseTime(text, now);
  } catch (error) {
    throw new TimeSyntaxError(`Invalid '${name}': ${(error as Error).message}`);
  }
}

function isoTime(text: string): number | undefined {
  if (!ISO.test(text)) return undefined;
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
  const time = Date.parse(
    text.length > 10 && !hasZone ? `${text}Z` : text.replace(/([+-]\d{2})(\d{2})$/, zoneColon),
  );
  return Number.isNaN(time) ? undefined : time;
}

/** `+0200` → `+02:00`, but not in a date alone (`2026-0102` is no date, so the expression above has refused it). */
const zoneColon = (zone: string, hours: string, minutes: string) =>
  zone.length === 5 ? `${hours}:${minutes}` : zone;

/** `now`, then any number of `+N<unit>`, `-N<unit>` and `/<unit>` (rounds down). */
function dateMath(text: string, now: number): number | undefined {
  const step = /([+-])(\d{1,9})([smhdwMy])|\/([smhdwMy])/y;
  let time = now;
  step.lastIndex = 'now'.length;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (found === null) return undefined;
    time = found[4]
      ? roundDown(time, found[4] as Unit)
      : shift(time, Number(`${found[1]}${found[2]}`), found[3] as Unit);
    if (!(Math.abs(time) <= FURTHEST)) return undefined;
  }
  return time;
}

function shift(time: number, count: number, unit: Unit): number {
  if (unit !== 'M' && unit !== 'y') return time + count * MILLISECONDS[unit];
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  if (unit === 'M') date.setUTCMonth(date.getUTCMonth() + count);
  else date.setUTCFullYear(date.getUTCFullYear() + count);
  // The 31st of a shorter month is its last day.
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

function roundDown(time: number, unit: Unit): number {
  const date = new Date(time);
  if (unit === 'M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0, 1);
  const origin = unit === 'w' ? FIRST_MONDAY : 0;
  return Math.floor((time - origin) / MILLISECONDS[unit]) * MILLISECONDS[unit] + origin;
}
