import {
  decodeTraces,
  decodeTracesJson,
  OtlpError,
  type PartialSuccess,
  type SecurityEvent,
  type SpanBatch,
} from '@wardline/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StoreError } from '../store/error.ts';
import type { Store } from '../store/store.ts';
import { acceptedTimes, type Rejection, spanRejection } from './accept-span.ts';
import { type BodyLimits, readBody } from './body.ts';
import { IntakeError } from './error.ts';
import { type Group, GroupCommit } from './group-commit.ts';
import { InFlight } from './in-flight.ts';
import { answerError, answerStored, type Encoding, encodingOf, JSON_TYPE, PROTOBUF } from './otlp-answer.ts';
import { resourceColumns } from './resource-columns.ts';
import { securityEvents } from './security-events.ts';

export const TRACES_PATH = '/v1/traces';
/** What OTLP exporters send beside traces unless they are told not to, and the variable that tells them. */
const NOT_TAKEN = [
  { signal: 'logs', path: '/v1/logs', variable: 'OTEL_LOGS_EXPORTER' },
  { signal: 'metrics', path: '/v1/metrics', variable: 'OTEL_METRICS_EXPORTER' },
];

export interface IntakeLimits extends BodyLimits {
  /** Bytes of all requests that were read and not answered yet. */
  inFlight: number;
}

export const INTAKE_LIMITS: IntakeLimits = {
  sent: 16 * 1024 * 1024,
  decompressed: 64 * 1024 * 1024,
  inFlight: 128 * 1024 * 1024,
};

export interface IntakeDependencies {
  store: Pick<Store, 'insert'>;
  /**
   * Gets security events once they are stored. What it throws is logged. A request that is sent again, because its
   * answer was lost, brings its events again, with the same ids.
   */
  onSecurityEvents(events: SecurityEvent[]): void;
  /** Answers 401 or 403 itself where the key is missing or wrong. It runs before the body is read. */
  authenticate(request: FastifyRequest, reply: FastifyReply): Promise<unknown>;
  limits?: Partial<IntakeLimits>;
}

/** What the intake has done since it was registered. */
export interface IntakeCounters {
  requests: number;
  failedRequests: number;
  spans: number;
  rejectedSpans: number;
  securityEvents: number;
  /** Spans whose triggers could not be read, in whole or in part; the spans themselves are stored. */
  malformedTriggers: number;
}

/** What came of one request. */
interface Tally {
  spans: number;
  malformedTriggers: number;
  rejections: Map<Rejection, number>;
}

/**
 * Adds `POST /v1/traces`: OTLP/HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp), protobuf or JSON, plain or
 * gzip or deflate. It answers 200 when the rows are durable. Spans that can't be stored for what they are (no id, too
 * old) are counted in the answer's `partial_success`; every other failure is of the whole request, see `INTAKE_ERROR`.
 * Logs and metrics get a 404 that says so.
 */
export function registerIntake(app: FastifyInstance, dependencies: IntakeDependencies): IntakeCounters {
  const limits = { ...INTAKE_LIMITS, ...dependencies.limits };
  const inFlight = new InFlight(limits.inFlight);
  const counters: IntakeCounters = {
    requests: 0,
    failedRequests: 0,
    spans: 0,
    rejectedSpans: 0,
    securityEvents: 0,
    malformedTriggers: 0,
  };
  const commits = new GroupCommit(dependencies.store, (events) => {
    counters.securityEvents += events.length;
    try {
      dependencies.onSecurityEvents(events);
    } catch (error) {
      app.log.error(
        { err: error, events: events.length },
        'security events were stored, but not processed further',
      );
    }
  });

  /** Not in `receive`, so that body and batches are garbage while the rows wait to be stored. */
  function write(body: Buffer, encoding: Encoding): { tally: Tally; stored: Promise<void> } {
    const batches = decode(body, encoding);
    const tally: Tally = { spans: 0, malformedTriggers: 0, rejections: new Map() };
    const stored = commits.add((group) => {
      for (const batch of batches) writeBatch(group, batch, tally);
    });
    return { tally, stored };
  }

  async function receive(
    request: FastifyRequest,
    encoding: Encoding | undefined,
  ): Promise<PartialSuccess | undefined> {
    if (!encoding) {
      const given = request.headers['content-type'] ?? 'none';
      throw new IntakeError(
        'unsupportedType',
        `content type ${given} is not supported; use ${PROTOBUF} or ${JSON_TYPE}`,
      );
    }
    const length = Number(request.headers['content-length']);
    if (length > limits.sent) {
      throw new IntakeError(
        'tooLarge',
        `the body has ${length} bytes, more than ${limits.sent}; send smaller batches`,
      );
    }
    const reservation = inFlight.open();
    try {
      const contentEncoding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity';
      const { tally, stored } = write(
        await readBody(request.raw, contentEncoding, limits, reservation),
        encoding,
      );
      await stored;
      const rejected = partialSuccess(tally.rejections);
      counters.spans += tally.spans;
      counters.malformedTriggers += tally.malformedTriggers;
      counters.rejectedSpans += rejected?.rejectedSpans ?? 0;
      return rejected;
    } finally {
      reservation.release();
    }
  }

  app.register(async (scope) => {
    // The body is read by the handler, which has limits of its own.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.post(TRACES_PATH, { onRequest: dependencies.authenticate }, async (request, reply) => {
      counters.requests++;
      const encoding = encodingOf(request.headers['content-type']);
      try {
        return answerStored(reply, encoding ?? JSON_TYPE, await receive(request, encoding));
      } catch (error) {
        counters.failedRequests++;
        const answer = intakeError(error);
        if (answer.cause instanceof StoreError)
          request.log.error({ err: answer.cause }, 'spans could not be stored');
        return answerError(reply, encoding, answer);
      }
    });
    for (const { signal, path, variable } of NOT_TAKEN) {
      const message = `${signal} are not taken here, only traces: send them elsewhere, or set ${variable}=none`;
      scope.post(path, { onRequest: dependencies.authenticate }, async (request, reply) =>
        answerError(
          reply,
          encodingOf(request.headers['content-type']),
          new IntakeError('tracesOnly', message),
        ),
      );
    }
  });
  return counters;
}

function writeBatch(group: Group, batch: SpanBatch, tally: Tally): void {
  const resource = resourceColumns(batch.resource);
  const times = acceptedTimes(Date.now());
  for (const span of batch.spans) {
    const rejection = spanRejection(span, times);
    if (rejection) {
      tally.rejections.set(rejection, (tally.rejections.get(rejection) ?? 0) + 1);
      continue;
    }
    const security = securityEvents(resource, span);
    group.spans.append(batch, resource, span, security.hasEvent);
    for (const event of security.events) group.events.push(event);
    if (security.malformed) tally.malformedTriggers++;
    tally.spans++;
  }
}

function decode(body: Buffer, encoding: Encoding): SpanBatch[] {
  if (encoding === PROTOBUF) return decodeTraces(body);
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch (error) {
    throw new IntakeError('malformed', `the body is not JSON: ${(error as Error).message}`, error);
  }
  return decodeTracesJson(value);
}

function partialSuccess(rejections: ReadonlyMap<Rejection, number>): PartialSuccess | undefined {
  if (rejections.size === 0) return undefined;
  let rejectedSpans = 0;
  const reasons: string[] = [];
  for (const [reason, count] of rejections) {
    rejectedSpans += count;
    reasons.push(`${count} spans ${reason}`);
  }
  return { rejectedSpans, errorMessage: `not stored: ${reasons.join('; ')}` };
}

/** Rethrows what is neither the request's fault nor the store's. */
function intakeError(error: unknown): IntakeError {
  if (error instanceof IntakeError) return error;
  if (error instanceof OtlpError) {
    return new IntakeError(error.code === 'otlp_too_large' ? 'tooLarge' : 'malformed', error.message, error);
  }
  if (error instanceof StoreError && error.isOfRows) {
    return new IntakeError('malformed', `the spans can't be stored as they are: ${error.message}`, error);
  }
  if (error instanceof StoreError) {
    return new IntakeError('storeUnavailable', 'the spans could not be stored; send them again later', error);
  }
  throw error;
}
