import { type Attributes, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { ATTRIBUTE } from '@wardline/telemetry';
import { ourTracer } from '../../context/our-tracer.ts';
import { currentRequest, type RequestState } from '../../context/request.ts';
import type { WardlineBlockError } from '../../guard/block-error.ts';
import { stopSink } from '../../guard/block-response.ts';
import { type Addresses, checkSink } from '../../guard/check.ts';
import { swallow } from '../../guard/faults.ts';
import type { Agent } from '../../init/agent.ts';
import { isTracingSuppressed } from '../../tracer/suppress.ts';
import { checkRawBody } from '../request/raw-body.ts';
import { type Callable, imitate, wrapMethod } from './wrap.ts';

/** One call of a sink. `args` may be changed before the original runs. */
export interface Call {
  readonly original: Callable;
  readonly self: unknown;
  args: unknown[];
}

/** Ends the call's span. Takes the error where the call failed, and what became known with the result. */
export type Finish = (error?: unknown, attributes?: Attributes) => void;

/** How an API reports: its errors, and that it is done. */
export interface Style {
  /** What a stopped call returns, throws or emits in place of running. The sink does not run. */
  refuse(call: Call, error: WardlineBlockError): unknown;
  /** Runs the call and calls `finish` once, when it is done. */
  run(call: Call, finish: Finish): unknown;
}

export interface SpanDescription {
  name: string;
  kind?: SpanKind;
  attributes: Attributes;
}

/** A function that does something dangerous with an argument, as a row of a hook's table. */
export interface Sink {
  readonly method: string;
  readonly style: Style;
  /**
   * What the WAF is to look at before the call runs, one entry a check, until one finds something. Nothing where the
   * argument is no concern.
   */
  examine?(call: Call, state: RequestState): readonly Addresses[];
  /** The call's span, or undefined for none. */
  span?(call: Call): SpanDescription | undefined;
}

/** Calls that the runtime makes of its own functions while one of a group runs are part of the outer call. */
export interface SinkGroup {
  inside: boolean;
}

/** Wraps the methods of a table in place, each with its check, its span and its way to report. */
export function wrapSinks(agent: Agent, holder: object, sinks: readonly Sink[], group?: SinkGroup): void {
  for (const sink of sinks) {
    wrapMethod(holder, sink.method, (original) => wrapSink(agent, original, sink, group));
  }
}

/** The wrapper of one sink around `original`. */
export function wrapSink(agent: Agent, original: Callable, sink: Sink, group?: SinkGroup): Callable {
  const place = `instrument.${sink.method}`;
  const wrapper: Callable = function (...args) {
    if (new.target !== undefined) {
      return Reflect.construct(original, args, new.target === wrapper ? original : new.target);
    }
    if (group?.inside) return Reflect.apply(original, this, args);
    const active = context.active();
    if (isTracingSuppressed(active)) return Reflect.apply(original, this, args);

    const call: Call = { original, self: this, args };
    const state = currentRequest(active);
    let blockError: WardlineBlockError | undefined;
    let span: Span | undefined;
    try {
      if (state !== undefined && sink.examine !== undefined) blockError = examine(sink, call, state);
      if (blockError === undefined) span = startSpan(sink, call);
    } catch (error) {
      swallow(agent, place, error);
    }
    if (blockError !== undefined) return sink.style.refuse(call, blockError);
    if (span === undefined) return runInside(group, () => Reflect.apply(call.original, call.self, call.args));
    const started = span;
    return context.with(trace.setSpan(active, started), () =>
      runInside(group, () =>
        sink.style.run(call, (error, attributes) => {
          try {
            endSpan(started, error, attributes);
          } catch (fault) {
            swallow(agent, place, fault);
          }
        }),
      ),
    );
  };
  return imitate(wrapper, original);
}

function examine(sink: Sink, call: Call, state: RequestState): WardlineBlockError | undefined {
  const checks = sink.examine?.(call, state) ?? [];
  const bodyBlock = checks.length === 0 ? undefined : checkRawBody(state);
  if (bodyBlock !== undefined) return stopSink(state, bodyBlock);
  for (const addresses of checks) {
    const verdict = checkSink(state, addresses);
    if (verdict?.block !== undefined) return stopSink(state, verdict.block);
    if (verdict !== undefined) return undefined;
  }
  return undefined;
}

function runInside(group: SinkGroup | undefined, run: () => unknown): unknown {
  if (group === undefined) return run();
  group.inside = true;
  try {
    return run();
  } finally {
    group.inside = false;
  }
}

function startSpan(sink: Sink, call: Call): Span | undefined {
  const description = sink.span?.(call);
  if (description === undefined) return undefined;
  const { name, kind = SpanKind.CLIENT, attributes } = description;
  return ourTracer().startSpan(name, { kind, attributes });
}

function endSpan(span: Span, error: unknown, attributes: Attributes | undefined): void {
  if (attributes !== undefined) span.setAttributes(attributes);
  if (error !== undefined && error !== null) {
    const { name, message } = error instanceof Error ? error : { name: typeof error, message: String(error) };
    const code = (error as { code?: unknown }).code;
    span.setAttribute(ATTRIBUTE.errorType, typeof code === 'string' ? code : name);
    span.setAttribute(ATTRIBUTE.exceptionMessage, message);
    span.setStatus({ code: SpanStatusCode.ERROR, message });
  }
  span.end();
}
