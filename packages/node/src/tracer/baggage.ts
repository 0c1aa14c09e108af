import {
  type Baggage,
  type BaggageEntry,
  baggageEntryMetadataFromString,
  type Context,
  propagation,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import { isTracingSuppressed } from './suppress.ts';

const BAGGAGE = 'baggage';

/** What a receiver must at least pass on (W3C Baggage, "Limits"); no more is. */
const MAX_ENTRIES = 64;
const MAX_LENGTH = 8192;

/** RFC 9110 `token`. */
const KEY = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** W3C Baggage (https://www.w3.org/TR/baggage/): passes on what came in and what the application adds. */
export class BaggagePropagator implements TextMapPropagator {
  inject(ctx: Context, carrier: unknown, setter: TextMapSetter): void {
    const baggage = propagation.getBaggage(ctx);
    if (baggage === undefined || isTracingSuppressed(ctx)) return;
    const header = serializeBaggage(baggage);
    if (header !== '') setter.set(carrier, BAGGAGE, header);
  }

  extract(ctx: Context, carrier: unknown, getter: TextMapGetter): Context {
    const value = getter.get(carrier, BAGGAGE);
    const header = Array.isArray(value) ? value.join(',') : value;
    if (typeof header !== 'string' || header === '') return ctx;
    const entries = parseBaggage(header);
    return Object.keys(entries).length === 0
      ? ctx
      : propagation.setBaggage(ctx, propagation.createBaggage(entries));
  }

  fields(): string[] {
    return [BAGGAGE];
  }
}

/** Entries that are not well formed, and those over the limits, are left out. Linear in the header. */
export function parseBaggage(header: string): Record<string, BaggageEntry> {
  const entries: Record<string, BaggageEntry> = Object.create(null);
  let count = 0;
  for (const member of header.slice(0, MAX_LENGTH + 1).split(',', MAX_ENTRIES)) {
    count += member.length + 1;
    // A member that the limit cuts off is left out whole.
    if (count - 1 > MAX_LENGTH) break;
    const semicolon = member.indexOf(';');
    const pair = semicolon < 0 ? member : member.slice(0, semicolon);
    const equals = pair.indexOf('=');
    const key = pair.slice(0, Math.max(equals, 0)).trim();
    if (!KEY.test(key)) continue;
    const entry: BaggageEntry = { value: decode(pair.slice(equals + 1).trim()) };
    if (semicolon >= 0) entry.metadata = baggageEntryMetadataFromString(member.slice(semicolon + 1).trim());
    entries[key] = entry;
  }
  return entries;
}

export function serializeBaggage(baggage: Baggage): string {
  let header = '';
  for (const [key, entry] of baggage.getAllEntries().slice(0, MAX_ENTRIES)) {
    const metadata = entry.metadata === undefined ? '' : `;${entry.metadata.toString()}`;
    const member = `${header === '' ? '' : ','}${key}=${encode(entry.value)}${metadata}`;
    // A line break or the like from the application would make Node refuse the whole request.
    if (!KEY.test(key) || /[^\t\x20-\x7e]/.test(metadata)) continue;
    if (header.length + member.length <= MAX_LENGTH) header += member;
  }
  return header;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Halves of surrogate pairs, which have no encoding, become U+FFFD. */
function encode(value: string): string {
  return encodeURIComponent(Buffer.from(String(value)).toString());
}
