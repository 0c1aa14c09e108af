/**
 * A token bucket: lets through up to `perSecond` at once, and refills at that rate.
 * @param now milliseconds by a monotonic clock
 */
export function createRateLimiter(perSecond: number, now: () => number): () => boolean {
  let tokens = perSecond;
  let last = now();
  return () => {
    const time = now();
    tokens = Math.min(perSecond, tokens + ((time - last) / 1000) * perSecond);
    last = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
