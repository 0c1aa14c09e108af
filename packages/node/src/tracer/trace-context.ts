import {
  type Context,
  createTraceState,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { isTracingSuppressed } from './suppress.ts';

const TRACEPARENT = 'traceparent';
const TRACESTATE = 'tracestate';

/** version "-" trace-id "-" parent-id "-" trace-flags, and for later versions more, which starts with a dash. */
const TRACEPARENT_FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/;
const VERSION_00_LENGTH = 55;

/** Sampled (level 1) and random trace id (level 2): the flags that are known, and so passed on. */
const KNOWN_FLAGS = TraceFlags.SAMPLED | 2;

/** W3C Trace Context (https://www.w3.org/TR/trace-context/): `traceparent` and `tracestate`. */
export class TraceContextPropagator implements TextMapPropagator {
  inject(ctx: Context, carrier: unknown, setter: TextMapSetter): void {
    const span = trace.getSpanContext(ctx);
    if (span === undefined || isTracingSuppressed(ctx) || !trace.isSpanContextValid(span)) return;
    const flags = (span.traceFlags & KNOWN_FLAGS).toString(16);
    setter.set(carrier, TRACEPARENT, `00-${span.traceId}-${span.spanId}-0${flags}`);
    const state = span.traceState?.serialize();
    if (state) setter.set(carrier, TRACESTATE, state);
  }

  extract(ctx: Context, carrier: unknown, getter: TextMapGetter): Context {
    const parent = parseTraceparent(single(getter.get(carrier, TRACEPARENT)));
    if (parent === undefined) return ctx;
    const state = getter.get(carrier, TRACESTATE);
    const text = Array.isArray(state) ? state.join(',') : state;
    if (typeof text === 'string' && text !== '') parent.traceState = createTraceState(text);
    return trace.setSpanContext(ctx, parent);
  }

  fields(): string[] {
    return [TRACEPARENT, TRACESTATE];
  }
}

/** The remote parent that a `traceparent` header names, or undefined where it is not valid. Constant time. */
export function parseTraceparent(header: string | undefined): SpanContext | undefined {
  const match = header === undefined ? null : TRACEPARENT_FORM.exec(header.trim());
  if (match === null) return undefined;
  const [, version, traceId, spanId, flags] = match as unknown as string[];
  if (version === 'ff' || (version === '00' && header!.trim().length !== VERSION_00_LENGTH)) return undefined;
  const parent: SpanContext = {
    traceId: traceId!,
    spanId: spanId!,
    traceFlags: Number.parseInt(flags!, 16) & KNOWN_FLAGS,
    isRemote: true,
  };
  return trace.isSpanContextValid(parent) ? parent : undefined;
}

/** A header that must stand once: several are as good as none. */
function single(value: string | string[] | undefined): string | undefined {
  const one = Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value;
  return typeof one === 'string' && one.length <= 512 ? one : undefined;
}
