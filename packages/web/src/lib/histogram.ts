/** How many times fall into each of equal stretches of time. Milliseconds since the epoch. */
export interface Histogram {
  from: number;
  /** Milliseconds that a bar stands for. */
  step: number;
  counts: number[];
  most: number;
}

/** Counts times in `bars` equal stretches from the first to the last. */
export function histogram(times: readonly number[], bars: number): Histogram {
  const from = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const to = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const counts = new Array<number>(bars).fill(0);
  if (times.length === 0) return { from: 0, step: 1, counts, most: 0 };
  const step = Math.max(1, Math.ceil((to - from + 1) / bars));
  for (const time of times) counts[Math.min(bars - 1, Math.floor((time - from) / step))]!++;
  return { from, step, counts, most: Math.max(...counts) };
}
