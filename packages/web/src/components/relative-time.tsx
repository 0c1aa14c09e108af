import { useSyncExternalStore } from 'react';
import { exactTime, relativeTime } from '../lib/time.ts';

/** One clock for the page: all relative times move together. */
const STEP = 5_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, STEP);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Milliseconds since the epoch, some seconds old at most. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/** How long ago, with the exact time on hover. `time` in ISO 8601. */
export function RelativeTime({ time }: { time: string }) {
  const at = Date.parse(time);
  return (
    <time dateTime={time} title={exactTime(at)}>
      {relativeTime(at, Math.max(useNow(), at))}
    </time>
  );
}
