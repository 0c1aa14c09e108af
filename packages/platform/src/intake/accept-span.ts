import type { SpanRecord } from '@wardline/telemetry';

const NANOSECONDS_PER_DAY = 86_400_000_000_000n;
/** As long as `store/schema/0001_spans.sql` keeps spans. */
const RETENTION_DAYS = 15n;
const MAX_AHEAD_DAYS = 1n;

/** Why a well-formed span is not stored. The texts go into the answer. */
export const REJECTION = {
  noId: 'without a trace id or a span id',
  tooOld: `that started more than ${RETENTION_DAYS} days ago, longer than spans are kept`,
  tooNew: 'that start more than a day ahead of the platform: check the clock of the sender',
} as const;
export type Rejection = (typeof REJECTION)[keyof typeof REJECTION];

/** Start times, in nanoseconds since the epoch, that can be stored. */
export interface AcceptedTimes {
  oldest: bigint;
  newest: bigint;
}

/**
 * `now` in milliseconds since the epoch. The store keeps a partition a day, so times far off would cost it a partition
 * for each.
 */
export function acceptedTimes(now: number): AcceptedTimes {
  const time = BigInt(Math.trunc(now)) * 1_000_000n;
  return {
    oldest: time - RETENTION_DAYS * NANOSECONDS_PER_DAY,
    newest: time + MAX_AHEAD_DAYS * NANOSECONDS_PER_DAY,
  };
}

/** Why a span can't be stored, if so. */
export function spanRejection(span: SpanRecord, { oldest, newest }: AcceptedTimes): Rejection | undefined {
  if (span.traceId === '' || span.spanId === '') return REJECTION.noId;
  if (span.startTime < oldest) return REJECTION.tooOld;
  if (span.startTime > newest) return REJECTION.tooNew;
  return undefined;
}
