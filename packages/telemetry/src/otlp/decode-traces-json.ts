import {
  type Attributes,
  type AttributeValue,
  SPAN_KIND,
  type SpanBatch,
  type SpanEventRecord,
  type SpanRecord,
  STATUS,
} from '../span.ts';
import { setAttribute } from './attributes.ts';
import { toSpanKind, toStatusCode } from './decode-traces.ts';
import { OtlpError } from './error.ts';
import { DECODE_LIMITS, type DecodeLimits, tooDeep, tooManyMessages } from './limits.ts';

type JsonObject = Record<string, unknown>;

const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

const KIND_NAMES: Record<string, number> = {
  SPAN_KIND_UNSPECIFIED: SPAN_KIND.unspecified,
  SPAN_KIND_INTERNAL: SPAN_KIND.internal,
  SPAN_KIND_SERVER: SPAN_KIND.server,
  SPAN_KIND_CLIENT: SPAN_KIND.client,
  SPAN_KIND_PRODUCER: SPAN_KIND.producer,
  SPAN_KIND_CONSUMER: SPAN_KIND.consumer,
};

const STATUS_NAMES: Record<string, number> = {
  STATUS_CODE_UNSET: STATUS.unset,
  STATUS_CODE_OK: STATUS.ok,
  STATUS_CODE_ERROR: STATUS.error,
};

/**
 * Decodes OTLP's `ExportTraceServiceRequest` from the value of its JSON encoding
 * (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): ids are hexadecimal in either case, 64-bit
 * integers strings or numbers, enums numbers or names, bytes base64; null stands for an absent field.
 *
 * What comes back, and what is passed over, is as with `decodeTraces`. Throws OtlpError, with the path of the value at
 * fault, on anything malformed, or beyond the limits.
 */
export function decodeTracesJson(value: unknown, limits: Partial<DecodeLimits> = {}): SpanBatch[] {
  return new JsonDecoder({ ...DECODE_LIMITS, ...limits }).request(value);
}

/** Paths are lists of keys, joined only for an error. */
type Path = readonly (string | number)[];

class JsonDecoder {
  readonly #limits: DecodeLimits;
  #messagesLeft: number;

  constructor(limits: DecodeLimits) {
    this.#limits = limits;
    this.#messagesLeft = limits.messages;
  }

  request(value: unknown): SpanBatch[] {
    const request = object(value, []);
    const batches: SpanBatch[] = [];
    this.#each(request, 'resourceSpans', [], (resourceSpans, path) => {
      const resource = this.#attributes(optionalObject(resourceSpans, 'resource', path), [
        ...path,
        'resource',
      ]);
      this.#each(resourceSpans, 'scopeSpans', path, (scopeSpans, scopePath) => {
        const spans: SpanRecord[] = [];
        this.#each(scopeSpans, 'spans', scopePath, (span, spanPath) =>
          spans.push(this.#span(span, spanPath)),
        );
        batches.push({ resource, scope: scope(scopeSpans, scopePath), spans });
      });
    });
    return batches;
  }

  #span(span: JsonObject, path: Path): SpanRecord {
    const status = optionalObject(span, 'status', path);
    const statusPath = [...path, 'status'];
    const events: SpanEventRecord[] = [];
    this.#each(span, 'events', path, (event, eventPath) => events.push(this.#event(event, eventPath)));
    return {
      traceId: id(span, 'traceId', 32, path),
      spanId: id(span, 'spanId', 16, path),
      parentSpanId: id(span, 'parentSpanId', 16, path),
      traceState: string(span, 'traceState', path),
      name: string(span, 'name', path),
      kind: toSpanKind(enumeration(span, 'kind', KIND_NAMES, path)),
      startTime: uint64(span, 'startTimeUnixNano', path),
      endTime: uint64(span, 'endTimeUnixNano', path),
      attributes: this.#attributes(span, path),
      events,
      status: {
        code: toStatusCode(enumeration(status, 'code', STATUS_NAMES, statusPath)),
        message: string(status, 'message', statusPath),
      },
    };
  }

  #event(event: JsonObject, path: Path): SpanEventRecord {
    return {
      time: uint64(event, 'timeUnixNano', path),
      name: string(event, 'name', path),
      attributes: this.#attributes(event, path),
    };
  }

  #attributes(owner: JsonObject, path: Path): Attributes {
    return this.#keyValues(owner, 'attributes', path, 0);
  }

  #keyValues(owner: JsonObject, name: string, path: Path, depth: number): Attributes {
    const attributes: Attributes = {};
    this.#each(owner, name, path, (item, itemPath) => {
      const value = this.#value(optionalObject(item, 'value', itemPath), [...itemPath, 'value'], depth);
      setAttribute(attributes, string(item, 'key', itemPath), value);
    });
    return attributes;
  }

  /** An `AnyValue`. */
  #value(value: JsonObject, path: Path, depth: number): AttributeValue {
    if (isPresent(value.stringValue)) return string(value, 'stringValue', path);
    if (isPresent(value.boolValue)) return bool(value, 'boolValue', path);
    if (isPresent(value.intValue)) return int64(value, 'intValue', path);
    if (isPresent(value.doubleValue)) return double(value, 'doubleValue', path);
    if (isPresent(value.bytesValue)) return base64(value, 'bytesValue', path);
    if (isPresent(value.arrayValue)) {
      const arrayPath = this.#nested(path, 'arrayValue', depth);
      const items: AttributeValue[] = [];
      this.#each(object(value.arrayValue, arrayPath), 'values', arrayPath, (item, itemPath) =>
        items.push(this.#value(item, itemPath, depth + 1)),
      );
      return items;
    }
    if (isPresent(value.kvlistValue)) {
      const mapPath = this.#nested(path, 'kvlistValue', depth);
      return this.#keyValues(object(value.kvlistValue, mapPath), 'values', mapPath, depth + 1);
    }
    return null;
  }

  #nested(path: Path, name: string, depth: number): Path {
    if (depth >= this.#limits.depth) throw fault(path, tooDeep(this.#limits.depth));
    return [...path, name];
  }

  /** Visits the items of a repeated field. */
  #each(owner: JsonObject, name: string, path: Path, visit: (item: JsonObject, path: Path) => void): void {
    const items = owner[name];
    if (!isPresent(items)) return;
    if (!Array.isArray(items)) throw fault([...path, name], `expected an array, got ${kindOf(items)}`);
    for (let i = 0; i < items.length; i++) {
      const itemPath = [...path, name, i];
      if (--this.#messagesLeft < 0) {
        throw new OtlpError(
          tooManyMessages(this.#limits.messages),
          { path: pathText(itemPath) },
          'otlp_too_large',
        );
      }
      visit(object(items[i], itemPath), itemPath);
    }
  }
}

function scope(scopeSpans: JsonObject, path: Path): SpanBatch['scope'] {
  const value = optionalObject(scopeSpans, 'scope', path);
  const scopePath = [...path, 'scope'];
  return { name: string(value, 'name', scopePath), version: string(value, 'version', scopePath) };
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function object(value: unknown, path: Path): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fault(path, `expected an object, got ${kindOf(value)}`);
  }
  return value as JsonObject;
}

function optionalObject(owner: JsonObject, name: string, path: Path): JsonObject {
  const value = owner[name];
  return isPresent(value) ? object(value, [...path, name]) : {};
}

function string(owner: JsonObject, name: string, path: Path): string {
  const value = owner[name];
  if (!isPresent(value)) return '';
  if (typeof value !== 'string') throw fault([...path, name], `expected a string, got ${kindOf(value)}`);
  return value;
}

function bool(owner: JsonObject, name: string, path: Path): boolean {
  const value = owner[name];
  if (typeof value !== 'boolean')
    throw fault([...path, name], `expected true or false, got ${kindOf(value)}`);
  return value;
}

/** Lower-case hexadecimal digits, or `''` where it is absent or all zeros. */
function id(owner: JsonObject, name: string, digits: number, path: Path): string {
  const value = string(owner, name, path);
  if (value === '') return '';
  if (value.length !== digits || !/^[0-9a-fA-F]+$/.test(value)) {
    throw fault([...path, name], `expected ${digits} hexadecimal digits, got ${shown(value)}`);
  }
  return /^0+$/.test(value) ? '' : value.toLowerCase();
}

function enumeration(owner: JsonObject, name: string, names: Record<string, number>, path: Path): number {
  const value = owner[name];
  if (!isPresent(value)) return 0;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'string' && Object.hasOwn(names, value)) return names[value]!;
  throw fault(
    [...path, name],
    `expected a number or one of ${Object.keys(names).join(', ')}, got ${shown(value)}`,
  );
}

function uint64(owner: JsonObject, name: string, path: Path): bigint {
  return integer(owner[name], 0n, MAX_UINT64, [...path, name], 'unsigned 64-bit');
}

/** Beyond the safe integers as decimal digits, so that ids keep all of them. */
function int64(owner: JsonObject, name: string, path: Path): number | string {
  const value = integer(owner[name], MIN_INT64, MAX_INT64, [...path, name], '64-bit');
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function integer(value: unknown, min: bigint, max: bigint, path: Path, type: string): bigint {
  if (!isPresent(value)) return 0n;
  const isInteger =
    typeof value === 'string'
      ? /^-?[0-9]{1,20}$/.test(value)
      : typeof value === 'number' && Number.isInteger(value);
  if (!isInteger) throw fault(path, `expected a ${type} integer as a string or number, got ${shown(value)}`);
  const integer = BigInt(value as string | number);
  if (integer < min || integer > max) throw fault(path, `${shown(value)} is not a ${type} integer`);
  return integer;
}

const DOUBLE_NAMES: Record<string, number> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

function double(owner: JsonObject, name: string, path: Path): number {
  const value = owner[name];
  if (typeof value === 'number') return value;
  if (typeof value === 'string') {
    if (Object.hasOwn(DOUBLE_NAMES, value)) return DOUBLE_NAMES[value]!;
    if (value.length <= 400 && /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(value)) return Number(value);
  }
  throw fault([...path, name], `expected a number, got ${shown(value)}`);
}

function base64(owner: JsonObject, name: string, path: Path): Uint8Array {
  const value = string(owner, name, path);
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(value)) throw fault([...path, name], 'expected base64');
  return new Uint8Array(Buffer.from(value, 'base64'));
}

function fault(path: Path, message: string): OtlpError {
  return new OtlpError(message, { path: pathText(path) });
}

function pathText(path: Path): string {
  if (path.length === 0) return 'request';
  let text = '';
  for (const key of path) text += typeof key === 'number' ? `[${key}]` : text === '' ? key : `.${key}`;
  return text;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? JSON.stringify(typeof value === 'string' ? value.slice(0, 40) : value)
    : kindOf(value);
}
