import type { Agent } from '../init/agent.ts';
import { createThrottle } from '../init/log.ts';

const LOG_INTERVAL_MS = 60_000;
const throttles = new Map<string, (log: () => void) => void>();

/**
 * What becomes of an error of ours: it is counted as `<place>.error`, logged at most once a minute for its place, and
 * goes no further.
 */
export function swallow(agent: Agent, place: string, error: unknown): void {
  try {
    agent.counters.count(`${place}.error`);
    let throttle = throttles.get(place);
    if (throttle === undefined) {
      throttle = createThrottle(LOG_INTERVAL_MS);
      throttles.set(place, throttle);
    }
    throttle(() => agent.log.warn(`${place} failed and was skipped: ${describe(error)}`));
  } catch {
    // Counting is the last resort; an agent that cannot even count stays out of the way.
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
