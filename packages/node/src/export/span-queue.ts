/** What the queue needs to know of a span, or of an encoded batch of them. */
export interface Queued {
  /** Bytes that it takes up, roughly. */
  readonly size: number;
  readonly local: { readonly security: boolean };
  /** Spans that it stands for, by default one. */
  readonly count?: number;
}

export interface QueueLimits {
  readonly spans: number;
  readonly bytes: number;
}

/** In spans. */
export interface Dropped {
  ordinary: number;
  security: number;
}

/** When the queue is over its limit, this share of it goes at once: room is made seldom, not for every span. */
const ROOM = 1 / 8;

/**
 * Finished spans in the order of their end, bounded in number and bytes. When it is full the oldest spans are dropped,
 * those of traces with a security event last.
 */
export class SpanQueue<S extends Queued> {
  readonly #limits: QueueLimits;
  #spans: S[] = [];
  #bytes = 0;
  #count = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#spans.length;
  }

  /** The spans that the waiting ones stand for. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of the waiting spans, roughly. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a span. Returns what was dropped for it, or undefined. Hot path: amortised constant time. */
  push(span: S): Dropped | undefined {
    this.#spans.push(span);
    this.#bytes += span.size;
    this.#count += span.count ?? 1;
    return this.#isOver() ? this.#makeRoom() : undefined;
  }

  /** Removes and returns the oldest spans, at least one and at most `limits`. */
  take(limits: QueueLimits): S[] {
    let bytes = 0;
    let count = 0;
    for (const span of this.#spans) {
      if (count >= limits.spans || (count > 0 && bytes + span.size > limits.bytes)) break;
      bytes += span.size;
      this.#count -= span.count ?? 1;
      count++;
    }
    this.#bytes -= bytes;
    return this.#spans.splice(0, count);
  }

  /** Puts spans that were taken, and could not be sent, back to the front. Returns what was dropped, or undefined. */
  putBack(spans: readonly S[]): Dropped | undefined {
    this.#spans = [...spans, ...this.#spans];
    for (const span of spans) {
      this.#bytes += span.size;
      this.#count += span.count ?? 1;
    }
    return this.#isOver() ? this.#makeRoom() : undefined;
  }

  #isOver(): boolean {
    return this.#spans.length > this.#limits.spans || this.#bytes > this.#limits.bytes;
  }

  #makeRoom(): Dropped {
    const spans = this.#limits.spans * (1 - ROOM);
    const bytes = this.#limits.bytes * (1 - ROOM);
    return {
      ordinary: this.#drop((span) => !span.local.security, spans, bytes),
      // Only where dropping all ordinary spans did not suffice.
      security: this.#drop(() => true, this.#limits.spans, this.#limits.bytes),
    };
  }

  /** Drops the oldest spans that `droppable` names until the queue is within the given size. */
  #drop(droppable: (span: S) => boolean, spans: number, bytes: number): number {
    const before = this.#count;
    let left = this.#spans.length;
    const kept: S[] = [];
    for (const span of this.#spans) {
      if ((left > spans || this.#bytes > bytes) && droppable(span)) {
        left--;
        this.#bytes -= span.size;
        this.#count -= span.count ?? 1;
      } else {
        kept.push(span);
      }
    }
    this.#spans = kept;
    return before - this.#count;
  }
}
