import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './api-error.ts';

/** Errors of the layers below, by their code: what the client did wrong, or what it may try again. */
const BY_CODE: Record<string, (error: FastifyError, request: FastifyRequest) => ApiError> = {
  FST_ERR_CTP_BODY_TOO_LARGE: (_, request) =>
    new ApiError(
      413,
      `The body is larger than the ${request.routeOptions.bodyLimit} bytes that this route takes`,
    ),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (_, request) =>
    new ApiError(415, `Unsupported content type '${clip(request.headers['content-type'] ?? '')}'`),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new ApiError(400, 'The body is empty, and should be JSON'),
  query_syntax_error: (error) => new ApiError(400, error.message),
  time_syntax_error: (error) => new ApiError(400, error.message),
  WARDLINE_STORE_UNAVAILABLE: () =>
    new ApiError(503, 'The event store does not answer; try again', { 'retry-after': '5' }),
};

/**
 * Turns what a route threw into an answer in Datadog's shape. What has no 4xx status of its own is a fault of ours: it
 * is logged whole, and the client gets a 500 that names the request, for finding it in the log.
 */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const answer =
    error instanceof ApiError ? error : (BY_CODE[error.code]?.(error, request) ?? byStatus(error));
  if (answer === undefined) {
    request.log.error({ err: error }, 'request failed');
    reply.code(500).send({ errors: [`Internal server error (request ${request.id})`] });
    return;
  }
  if (answer.statusCode >= 500) request.log.warn({ err: error }, 'request failed');
  reply.code(answer.statusCode).headers(answer.headers).send({ errors: answer.errors });
}

function byStatus(error: FastifyError): ApiError | undefined {
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? new ApiError(status, error.message) : undefined;
}

function clip(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
