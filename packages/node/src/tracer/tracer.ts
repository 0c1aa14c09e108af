import {
  type Context,
  context as contextApi,
  INVALID_SPAN_CONTEXT,
  type Span,
  SpanKind,
  type SpanOptions,
  TraceFlags,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { newSpanId, newTraceId } from './ids.ts';
import { LocalTrace, type LocalTraceSink } from './local-trace.ts';
import { isSampled } from './sampler.ts';
import { RecordingSpan, type Scope } from './span.ts';
import { isTracingSuppressed } from './suppress.ts';

export interface TracingSettings {
  /** Share of the traces begun here that are kept, from 0 to 1. */
  readonly sampleRate: number;
  /** Whether a trace that is not sampled may yet be kept for an event, so that its spans must be written down. */
  securityEventsPossible(): boolean;
  readonly sink: LocalTraceSink;
}

/**
 * OpenTelemetry's tracer. The sampler is parent-based: a trace that another service began is kept if that service kept
 * it, one that begins here by the configured rate.
 */
export class LeanTracer implements Tracer {
  readonly #scope: Scope;
  readonly #settings: TracingSettings;

  constructor(scope: Scope, settings: TracingSettings) {
    this.#scope = scope;
    this.#settings = settings;
  }

  /** Hot path. */
  startSpan(name: string, options: SpanOptions = {}, ctx: Context = contextApi.active()): Span {
    if (isTracingSuppressed(ctx)) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    const parentSpan = options.root === true ? undefined : trace.getSpan(ctx);
    let parent = parentSpan?.spanContext();
    if (parent !== undefined && !trace.isSpanContextValid(parent)) parent = undefined;

    const traceId = parent?.traceId ?? newTraceId();
    const spanId = newSpanId();
    let local: LocalTrace;
    if (parent !== undefined && parentSpan instanceof RecordingSpan) {
      local = parentSpan.local;
    } else {
      const sampled =
        parent === undefined
          ? isSampled(traceId, this.#settings.sampleRate)
          : (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
      const flags = parent?.traceFlags ?? TraceFlags.NONE;
      if (!sampled && !this.#settings.securityEventsPossible()) {
        const traceState = parent?.traceState;
        return trace.wrapSpanContext({
          traceId,
          spanId,
          traceFlags: flags,
          ...(traceState && { traceState }),
        });
      }
      local = new LocalTrace(sampled, flags, this.#settings.sink);
    }

    const span = new RecordingSpan(
      this.#scope,
      local,
      name,
      options.kind ?? SpanKind.INTERNAL,
      { traceId, spanId, parentSpanId: parent?.spanId ?? '', traceState: parent?.traceState },
      options.startTime,
    );
    if (options.attributes !== undefined) span.setAttributes(options.attributes);
    return span;
  }

  startActiveSpan<F extends (span: Span) => unknown>(name: string, fn: F): ReturnType<F>;
  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    options: SpanOptions,
    fn: F,
  ): ReturnType<F>;
  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    options: SpanOptions,
    ctx: Context,
    fn: F,
  ): ReturnType<F>;
  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    optionsOrFn: SpanOptions | F,
    ctxOrFn?: Context | F,
    fn?: F,
  ): ReturnType<F> {
    const callback = (typeof optionsOrFn === 'function' ? optionsOrFn : (fn ?? ctxOrFn)) as F;
    const options = typeof optionsOrFn === 'function' ? {} : optionsOrFn;
    const parent = fn === undefined ? contextApi.active() : (ctxOrFn as Context);
    const span = this.startSpan(name, options, parent);
    return contextApi.with(trace.setSpan(parent, span), () => callback(span) as ReturnType<F>);
  }
}

/** One tracer a scope, all with the same settings. `forceFlush` is what OpenTelemetry's own providers call it. */
export class LeanTracerProvider implements TracerProvider {
  readonly #tracers = new Map<string, LeanTracer>();
  readonly #settings: TracingSettings;
  readonly #flush: () => Promise<void>;

  constructor(settings: TracingSettings, flush: () => Promise<void>) {
    this.#settings = settings;
    this.#flush = flush;
  }

  getTracer(name: string, version = ''): Tracer {
    const key = `${name}@${version}`;
    let tracer = this.#tracers.get(key);
    if (tracer === undefined) {
      tracer = new LeanTracer({ name, version }, this.#settings);
      this.#tracers.set(key, tracer);
    }
    return tracer;
  }

  forceFlush(): Promise<void> {
    return this.#flush();
  }
}
