import { TraceFlags } from '@opentelemetry/api';
import { clockOrigin } from './clock.ts';
import type { RecordingSpan } from './span.ts';

/** Finished spans that an unsampled local trace holds back; what it does beyond is not looked at again. */
export const MAX_HELD_BACK = 500;

export interface LocalTraceSink {
  /** Takes a finished span that is to be exported. */
  export(span: RecordingSpan): void;
  /** Whether one more unsampled trace may be kept for its security event. */
  mayKeep(): boolean;
  count(name: string): void;
}

/**
 * What the spans of one trace share within this process, from the span that entered it (the service-entry span) on.
 * A sampled trace exports each span as it ends. An unsampled one holds them back until its entry span has ended,
 * because an event may still show that the trace matters; then it drops them.
 */
export class LocalTrace {
  readonly clockOrigin = clockOrigin();
  sampled: boolean;
  /** An event was seen: the spans of this trace are the last that a full queue drops. */
  security = false;
  readonly #flags: number;
  readonly #sink: LocalTraceSink;
  #entry: RecordingSpan | undefined;
  #heldBack: RecordingSpan[] | undefined;

  /** @param flags of the parent, of which all but the sampling bit are passed on */
  constructor(sampled: boolean, flags: number, sink: LocalTraceSink) {
    this.sampled = sampled;
    this.#flags = flags & ~TraceFlags.SAMPLED;
    this.#sink = sink;
  }

  /** Trace flags as they are propagated now: an event makes the services behind this one keep the trace as well. */
  get flags(): number {
    return this.sampled ? this.#flags | TraceFlags.SAMPLED : this.#flags;
  }

  /** The first span is the entry. */
  started(span: RecordingSpan): void {
    this.#entry ??= span;
  }

  /** A security event was put on one of the spans. Keeps the trace, unless there are too many such. */
  keep(): void {
    if (this.security) return;
    this.security = true;
    if (this.sampled) return;
    if (!this.#sink.mayKeep()) {
      this.#sink.count('tracer.security_traces_over_limit');
      return;
    }
    this.sampled = true;
    for (const span of this.#heldBack ?? []) this.#sink.export(span);
    this.#heldBack = undefined;
  }

  ended(span: RecordingSpan): void {
    if (this.sampled) {
      this.#sink.export(span);
    } else if (span === this.#entry) {
      this.#heldBack = undefined;
    } else if (this.#entry?.isRecording()) {
      this.#heldBack ??= [];
      if (this.#heldBack.length < MAX_HELD_BACK) this.#heldBack.push(span);
      else this.#sink.count('tracer.spans_not_held_back');
    }
  }
}
