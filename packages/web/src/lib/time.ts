/** Times and durations as people read them. */

const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['y', 31_536_000],
  ['mo', 2_592_000],
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];

/** `5 min ago`, `in 2 h`, `now`; both times in milliseconds since the epoch. Rounds down: what is over is not yet more. */
export function relativeTime(time: number, now: number): string {
  const seconds = Math.floor(Math.abs(now - time) / 1000);
  if (!Number.isFinite(seconds)) return '';
  const unit = UNITS.find(([, length]) => seconds >= length);
  if (unit === undefined || seconds < 5) return 'now';
  const span = `${Math.floor(seconds / unit[1])} ${unit[0]}`;
  return time > now ? `in ${span}` : `${span} ago`;
}

/** A date and time of day to the second, in the reader's zone and with its name; milliseconds since the epoch. */
export function exactTime(time: number, timeZone?: string): string {
  if (!Number.isFinite(time)) return '';
  return new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone !== undefined && { timeZone }),
  }).format(time);
}

/** Nanoseconds as three significant digits with a unit: `850 ns`, `1.96 ms`, `13.5 s`, `2 min 5 s`. */
export function duration(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${Math.round(nanoseconds)} ns`;
  if (nanoseconds < 1e6) return `${digits(nanoseconds / 1e3)} µs`;
  if (nanoseconds < 1e9) return `${digits(nanoseconds / 1e6)} ms`;
  if (nanoseconds < 6e10) return `${digits(nanoseconds / 1e9)} s`;
  const seconds = Math.round(nanoseconds / 1e9);
  const rest = seconds % 60;
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

/** Seconds as a length that people choose: `15 minutes`, `1 hour`. */
export function length(seconds: number): string {
  const [name, unit] =
    seconds % 86_400 === 0 ? ['day', 86_400] : seconds % 3_600 === 0 ? ['hour', 3_600] : ['minute', 60];
  const count = seconds / unit;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

function digits(value: number): string {
  const text = value.toPrecision(3);
  // 999.9 rounds to 1.00e+3.
  return text.includes('e')
    ? String(Math.round(value))
    : text.includes('.')
      ? text.replace(/\.?0+$/, '')
      : text;
}

const COUNT = new Intl.NumberFormat('en-US');
/** A count with separators: `12,345`. */
export const count = (value: number): string => COUNT.format(value);
