import type { EventRow } from './event-store.ts';

/** A security event as the API sends it: every column, the trigger and the stack as objects. */
export function renderEvent(row: EventRow) {
  const { time, event_id, trigger, stack, blocked, received_at, ...columns } = row;
  return {
    type: 'security_event',
    id: event_id,
    attributes: {
      ...columns,
      event_id,
      timestamp: isoNanoseconds(BigInt(time)),
      received_at: `${received_at.replace(' ', 'T')}Z`,
      blocked: blocked === 1,
      trigger: parsed(trigger),
      stack: parsed(stack),
    },
  };
}

/** ISO 8601 with all nine digits of the second. */
function isoNanoseconds(time: bigint): string {
  const milliseconds = time / 1_000_000n;
  const rest = String(time % 1_000_000n).padStart(6, '0');
  return new Date(Number(milliseconds)).toISOString().replace('Z', `${rest}Z`);
}

/** JSON as it came from an agent; null if there is none, the text itself if it is cut or broken. */
function parsed(json: string): unknown {
  if (json === '') return null;
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
