import { isUtf8 } from 'node:buffer';
import type { Input } from './requests.ts';

/** Whether a key or string of a value passes a test. */
export function hasText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => test(key) || hasText(item, test));
}

export function inputHasText(input: Input, test: (text: string) => boolean): boolean {
  return input.some(({ persistent, ephemeral }) => hasText([persistent, ephemeral], test));
}

/** The same input with other keys and strings. */
export function withTexts(input: Input, change: (text: string) => string): Input {
  return input.map((run) => mapTexts(run, change) as Input[number]);
}

/** The same value with other keys and strings. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]),
  );
}

/** The same input with other strings, but the same keys. */
export function withValues(input: Input, change: (text: string) => string): Input {
  return input.map((run) => mapValues(run, change) as Input[number]);
}

function mapValues(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapValues(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapValues(item, change)]));
}

/** What an address holds in a run: its ephemeral value, else the last persistent one. */
export function valueIn(input: Input, run: number, address: string): unknown {
  const ephemeral = input[run]?.ephemeral ?? {};
  if (Object.hasOwn(ephemeral, address)) return ephemeral[address];
  for (let index = run; index >= 0; index--) {
    const persistent = input[index]?.persistent ?? {};
    if (Object.hasOwn(persistent, address)) return persistent[address];
  }
  return undefined;
}

/** What lies at a key path of a value. */
export function valueAt(value: unknown, keyPath: readonly (string | number)[]): unknown {
  let found = value;
  for (const item of keyPath) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, item)) return undefined;
    found = (found as Record<string, unknown>)[item];
  }
  return found;
}

/** Cuts a text so that it has at most so many bytes in UTF-8. */
export function cutBytes(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  let size = 0;
  let end = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (size > bytes) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

interface Byte {
  readonly value: number;
  /** The part of the text that it was made from. */
  readonly start: number;
  readonly end: number;
}

/** Percent-decoding can be done over and over; each time bytes can come of it that are no UTF-8. */
const DECODINGS = 6;

/** A text without those parts that percent-decoding makes bytes of which are not UTF-8. */
export function withoutInvalidBytes(text: string): string {
  return text.includes('%') ? withoutDecoded(text, invalid) : text;
}

/** A text without entities of no-break spaces, however often they are percent-encoded. */
export function withoutNoBreakSpaces(text: string): string {
  return withoutDecoded(text, (bytes) => {
    const decoded = Buffer.from(bytes.map(({ value }) => value)).toString('latin1');
    return [...decoded.matchAll(/&nbsp;/gi)].flatMap(({ index, 0: found }) =>
      bytes.slice(index, index + found.length),
    );
  });
}

/** A text without the `/.` at the end of a path, plain or percent-encoded. */
export function withoutFinalDots(text: string): string {
  return text.replace(/(^|\/|\\|%2f|%5c)(?:(?:\.|%2e)(?:\/|\\|%2f|%5c|$))+$/i, '$1');
}

/** A text without what is found in it, as it is or percent-decoded, up to when nothing is. */
function withoutDecoded(text: string, find: (bytes: readonly Byte[]) => Byte[]): string {
  let bytes = bytesOf(text);
  const removed = new Set<number>();
  for (let decoding = 0; decoding <= DECODINGS; decoding++) {
    for (const { start, end } of find(bytes)) {
      for (let index = start; index < end; index++) removed.add(index);
    }
    bytes = percentDecoded(bytes);
  }
  if (removed.size === 0) return text;
  const kept = [...Array(text.length).keys()].filter((index) => !removed.has(index));
  return withoutDecoded(kept.map((index) => text[index]).join(''), find);
}

function bytesOf(text: string): Byte[] {
  const bytes: Byte[] = [];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    for (const value of Buffer.from(character)) bytes.push({ value, start, end });
    start = end;
  }
  return bytes;
}

function percentDecoded(bytes: readonly Byte[]): Byte[] {
  const decoded: Byte[] = [];
  for (let index = 0; index < bytes.length; index++) {
    const [sign, high, low] = [bytes[index]!, bytes[index + 1], bytes[index + 2]];
    const digits = high && low ? String.fromCharCode(high.value, low.value) : '';
    const wide = bytes.slice(index + 2, index + 6);
    const wideDigits = String.fromCharCode(...wide.map(({ value }) => value));
    if (sign.value === 0x25 && /^u$/i.test(digits[0] ?? '') && /^[0-9a-f]{4}$/i.test(wideDigits)) {
      const place = { start: sign.start, end: wide[3]!.end };
      const character = String.fromCharCode(Number.parseInt(wideDigits, 16));
      for (const value of Buffer.from(character)) decoded.push({ value, ...place });
      index += 5;
    } else if (sign.value === 0x25 && /^[0-9a-f]{2}$/i.test(digits)) {
      decoded.push({ value: Number.parseInt(digits, 16), start: sign.start, end: low!.end });
      index += 2;
    } else {
      decoded.push(sign);
    }
  }
  return decoded;
}

function invalid(bytes: readonly Byte[]): Byte[] {
  const found: Byte[] = [];
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index);
    if (length === 0) found.push(bytes[index++]!);
    else index += length;
  }
  return found;
}

/** The length of the UTF-8 sequence that begins at an index, or 0. */
function sequenceLength(bytes: readonly Byte[], index: number): number {
  const first = bytes[index]!.value;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first > 0xf4) return 0;
  const sequence = Uint8Array.from(bytes.slice(index, index + length), ({ value }) => value);
  return sequence.length === length && isUtf8(sequence) ? length : 0;
}
