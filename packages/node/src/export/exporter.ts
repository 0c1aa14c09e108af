import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Config } from '../init/config.ts';
import type { Counters } from '../init/counters.ts';
import { createThrottle, type Logger } from '../init/log.ts';
import { VERSION } from '../init/version.ts';
import type { RecordingSpan } from '../tracer/span.ts';
import { backOff, parseRetryAfter } from './back-off.ts';
import { encodeSpans } from './encode.ts';
import type { Requester } from './request.ts';
import { resourceOf } from './resource.ts';
import { type Dropped, type Queued, SpanQueue } from './span-queue.ts';

const compress = promisify(gzip);

/** Of spans that are not encoded yet: as many only where the application never lets go of the event loop. */
export const QUEUE_LIMITS = { spans: 8192, bytes: 16 * 1024 * 1024 };
export const BATCH_LIMITS = { spans: 512, bytes: 1024 * 1024 };
/** Of encoded batches, while the platform cannot take them. */
export const WAITING_LIMITS = { spans: Infinity, bytes: 8 * 1024 * 1024 };

/** Milliseconds that a span waits for others, and that one of a trace with a security event does. */
const DELAY = 1000;
const SECURITY_DELAY = 100;
const REQUEST_TIMEOUT = 10_000;
const MAX_BACK_OFF = 30_000;
const MAX_RESPONSE = 64 * 1024;
/** Bytes from which compressing pays. */
const COMPRESS_FROM = 1024;
const LOG_INTERVAL = 60_000;

/** Statuses after which the same request may succeed (OTLP specification, "Retryable Response Codes"). */
const RETRYABLE = new Set([429, 502, 503, 504]);

/** An OTLP request, of up to `BATCH_LIMITS` of spans. */
interface Batch extends Queued {
  readonly body: Uint8Array;
  readonly count: number;
}

type Outcome = 'delivered' | 'rejected' | 'retry';

export interface ExporterDependencies {
  readonly config: Config;
  readonly counters: Counters;
  readonly log: Logger;
  readonly requester: Requester;
}

/**
 * Sends finished spans by OTLP/HTTP in protobuf: in batches, from a bounded queue, one request at a time. What the
 * platform cannot take now is kept and sent again; what it refuses is dropped and counted.
 *
 * What has to wait longer waits encoded: a span is many small objects, which would grow old, and with them the heap; as
 * bytes outside of it, it takes a tenth of that.
 */
export class SpanExporter {
  readonly #dependencies: ExporterDependencies;
  readonly #queue = new SpanQueue<RecordingSpan>(QUEUE_LIMITS);
  readonly #url: URL;
  readonly #headers: Record<string, string>;
  readonly #resource: ReturnType<typeof resourceOf>;
  readonly #throttle = createThrottle(LOG_INTERVAL);
  readonly #throttleDrops = createThrottle(LOG_INTERVAL);
  readonly #waiting = new SpanQueue<Batch>(WAITING_LIMITS);
  #encoding: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer fires. All times here are milliseconds of the monotonic clock. */
  #timerAt = Number.POSITIVE_INFINITY;
  /** Not before this time is a failed request tried again. */
  #retryAt = 0;
  #failures = 0;
  #sending: Promise<Outcome> | undefined;
  #onTheWay = 0;
  /** A span of a trace with a security event waits. */
  #urgent = false;
  #closed = false;

  constructor(dependencies: ExporterDependencies) {
    this.#dependencies = dependencies;
    const { config } = dependencies;
    this.#url = new URL(config.tracesUrl);
    this.#headers = {
      'user-agent': `wardline-node/${VERSION}`,
      'content-type': 'application/x-protobuf',
      ...(config.apiKey !== '' && { 'x-api-key': config.apiKey }),
      ...config.tracesHeaders,
    };
    this.#resource = resourceOf(config);
  }

  /** Spans that are not delivered yet: those that wait, and those on their way. */
  get pending(): number {
    return this.#queue.length + this.#waiting.count + this.#onTheWay;
  }

  /** Takes a finished span. Hot path; never throws. */
  export(span: RecordingSpan): void {
    if (this.#closed) return;
    const dropped = this.#queue.push(span);
    if (dropped !== undefined) this.#countDropped(dropped);
    if (span.local.security) this.#urgent = true;
    if (this.#hasFullBatch()) this.#encodeSoon();
    else if (this.#urgent) this.#sendIn(SECURITY_DELAY);
    else if (this.#timer === undefined) this.#sendIn(DELAY);
  }

  /**
   * Sends what is waiting now, regardless of delays and back-off. Resolves with whether nothing is left; after `timeout`
   * milliseconds at the latest, until when it keeps the process alive. Never rejects.
   */
  async flush(timeout: number): Promise<boolean> {
    const alive = new AbortController();
    const deadline = sleep(timeout, false, { signal: alive.signal }).catch(() => false);
    const result = await Promise.race([this.#sendAll(), deadline]);
    alive.abort();
    return result;
  }

  /** Takes no more spans and forgets the waiting ones. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearImmediate(this.#encoding);
    this.#countDropped({ ordinary: this.#queue.count + this.#waiting.count, security: 0 });
    const all = { spans: Infinity, bytes: Infinity };
    this.#queue.take(all);
    this.#waiting.take(all);
  }

  #hasFullBatch(): boolean {
    return this.#queue.length >= BATCH_LIMITS.spans || this.#queue.bytes >= BATCH_LIMITS.bytes;
  }

  /** Not within the request that ended the span. */
  #encodeSoon(): void {
    this.#encoding ??= this.#dependencies.requester.detached(() =>
      setImmediate(() => {
        this.#encoding = undefined;
        while (this.#hasFullBatch()) this.#wait(this.#encode());
        this.#sendIn(0);
      }),
    );
    this.#encoding.unref();
  }

  #wait(batch: Batch | undefined): void {
    const dropped = batch && this.#waiting.push(batch);
    if (dropped !== undefined) this.#countDropped(dropped);
  }

  /** Takes a batch of spans from the queue and encodes it; undefined where there is none, or none that can be encoded. */
  #encode(): Batch | undefined {
    const spans = this.#queue.take(BATCH_LIMITS);
    if (spans.length === 0) return undefined;
    try {
      const body = encodeSpans(this.#resource, spans);
      const security = spans.some(({ local }) => local.security);
      return { body, count: spans.length, size: body.byteLength, local: { security } };
    } catch (error) {
      const { counters } = this.#dependencies;
      counters.count('export.encode_error');
      counters.count('export.rejected_spans', spans.length);
      this.#complain(`spans could not be encoded and are dropped: ${describe(error)}`);
      return undefined;
    }
  }

  async #sendAll(): Promise<boolean> {
    while (this.#sending !== undefined || this.#queue.length + this.#waiting.length > 0) {
      if ((await this.#send()) === 'retry') return false;
    }
    return true;
  }

  #sendIn(delay: number): void {
    if (this.#sending !== undefined) return;
    const now = performance.now();
    const at = Math.max(now + delay, this.#retryAt);
    if (this.#timerAt <= at) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = this.#dependencies.requester.detached(() => setTimeout(() => void this.#send(), at - now));
    this.#timer.unref();
  }

  /** Sends one batch, or waits for the one on its way. */
  #send(): Promise<Outcome> {
    this.#sending ??= this.#sendBatch().finally(() => {
      this.#sending = undefined;
      if (this.#queue.length + this.#waiting.length === 0 || this.#closed) return;
      this.#sendIn(
        this.#waiting.length > 0 || this.#hasFullBatch() ? 0 : this.#urgent ? SECURITY_DELAY : DELAY,
      );
    });
    return this.#sending;
  }

  async #sendBatch(): Promise<Outcome> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = Number.POSITIVE_INFINITY;
    const [batch = this.#encode()] = this.#waiting.take({ spans: 1, bytes: Infinity });
    if (this.#queue.length === 0) this.#urgent = false;
    if (batch === undefined) return 'delivered';
    this.#onTheWay = batch.count;
    const outcome = await this.#deliver(batch.body);
    this.#onTheWay = 0;
    if (outcome === 'delivered') this.#dependencies.counters.count('export.sent_spans', batch.count);
    if (outcome === 'rejected') this.#dependencies.counters.count('export.rejected_spans', batch.count);
    if (outcome === 'retry') {
      const dropped = this.#closed ? undefined : this.#waiting.putBack([batch]);
      if (dropped !== undefined) this.#countDropped(dropped);
    }
    return outcome;
  }

  async #deliver(encoded: Uint8Array): Promise<Outcome> {
    const { requester } = this.#dependencies;
    try {
      let body = encoded;
      let encoding = {};
      if (encoded.byteLength >= COMPRESS_FROM) {
        body = await requester.detached(() => compress(encoded, { level: 1 }));
        encoding = { 'content-encoding': 'gzip' };
      }
      const response = await requester.send({
        method: 'POST',
        url: this.#url,
        headers: { ...this.#headers, ...encoding },
        body,
        timeout: REQUEST_TIMEOUT,
        maxResponse: MAX_RESPONSE,
      });
      return this.#judge(response.status, parseRetryAfter(response.headers['retry-after'], Date.now()));
    } catch (error) {
      this.#complain(
        `the platform cannot be reached at ${this.#url.origin} (${describe(error)}); spans are kept, up to ${WAITING_LIMITS.bytes / 2 ** 20} MB, and sent when it answers. Is it running, and is WARDLINE_URL right?`,
      );
      return this.#retry(undefined);
    }
  }

  #judge(status: number, retryAfter: number | undefined): Outcome {
    if (status >= 200 && status < 300) {
      this.#failures = 0;
      this.#retryAt = 0;
      return 'delivered';
    }
    if (RETRYABLE.has(status)) return this.#retry(retryAfter);
    this.#failures = 0;
    const where = `${this.#url.origin}${this.#url.pathname} answered ${status}`;
    if (status === 401 || status === 403) {
      this.#complain(`${where}: the API key is missing or wrong, spans are dropped. Set WARDLINE_API_KEY.`);
    } else {
      this.#complain(`${where}, spans are dropped. Is WARDLINE_URL the address of a Wardline platform?`);
    }
    return 'rejected';
  }

  #retry(retryAfter: number | undefined): Outcome {
    this.#failures++;
    this.#dependencies.counters.count('export.retries');
    this.#retryAt = performance.now() + (retryAfter ?? backOff(this.#failures, MAX_BACK_OFF));
    return 'retry';
  }

  #complain(message: string): void {
    this.#throttle(() => this.#dependencies.log.warn(message));
  }

  #countDropped(dropped: Dropped): void {
    const { counters, log } = this.#dependencies;
    const total = dropped.ordinary + dropped.security;
    if (total === 0) return;
    counters.count('export.dropped_spans', total);
    if (dropped.security > 0) counters.count('export.dropped_security_spans', dropped.security);
    this.#throttleDrops(() =>
      log.warn(`the queue of spans is full; ${counters.get('export.dropped_spans')} dropped so far`),
    );
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error as NodeJS.ErrnoException).code ?? error.message;
}
