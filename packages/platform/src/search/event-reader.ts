import type { SecurityEvent } from '@wardline/telemetry';
import { EVENT_TEXT_COLUMNS, eventField } from './event-fields.ts';
import type { RowReader } from './predicate.ts';

/** Reads security events before they are stored. */
export const eventReader: RowReader<SecurityEvent> = {
  field(field) {
    const target = eventField(field);
    if ('attribute' in target) {
      const key = target.attribute;
      return {
        kind: 'texts',
        read: (event) => (Object.hasOwn(event.attributes, key) ? [event.attributes[key]!] : []),
      };
    }
    const { column, type } = target;
    if (type === 'time') return { kind: 'time', read: (event) => milliseconds(event.timestamp) };
    if (type === 'number')
      return { kind: 'texts', read: (event) => (event[column] === 0 ? [] : [String(event[column])]) };
    return { kind: 'texts', read: (event) => [String(event[column])] };
  },
  text: (event) => [...EVENT_TEXT_COLUMNS.map((column) => event[column]), ...Object.values(event.attributes)],
};

/** Whole milliseconds stay exact, which a division of the whole number would not keep. */
function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n) + Number(nanoseconds % 1_000_000n) / 1e6;
}
