import { encodeStatus, encodeTracesResponse, type PartialSuccess } from '@wardline/telemetry';
import type { FastifyReply } from 'fastify';
import type { IntakeError } from './error.ts';

/** OTLP/HTTP has two encodings; an answer has that of its request. */
export const PROTOBUF = 'application/x-protobuf';
export const JSON_TYPE = 'application/json';
export type Encoding = typeof PROTOBUF | typeof JSON_TYPE;

/** The encoding that a `Content-Type` header names, without its parameters; undefined for any other type. */
export function encodingOf(contentType = ''): Encoding | undefined {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  return type === PROTOBUF || type === JSON_TYPE ? type : undefined;
}

/** `ExportTraceServiceResponse`. */
export function answerStored(
  reply: FastifyReply,
  encoding: Encoding,
  partialSuccess: PartialSuccess | undefined,
) {
  if (encoding === PROTOBUF) return send(reply, PROTOBUF, encodeTracesResponse(partialSuccess));
  const json = partialSuccess && { ...partialSuccess, rejectedSpans: String(partialSuccess.rejectedSpans) };
  return send(reply, JSON_TYPE, Buffer.from(JSON.stringify({ partialSuccess: json })));
}

/** `google.rpc.Status`; JSON where the request's encoding is not known. */
export function answerError(reply: FastifyReply, encoding: Encoding | undefined, error: IntakeError) {
  reply.code(error.status);
  if (error.retryAfter !== undefined) reply.header('Retry-After', String(error.retryAfter));
  // What is left of the body is not read.
  if (!reply.request.raw.complete) reply.header('Connection', 'close');
  const status = { code: error.grpc, message: error.message };
  if (encoding === PROTOBUF) return send(reply, PROTOBUF, encodeStatus(status));
  return send(reply, JSON_TYPE, Buffer.from(JSON.stringify(status)));
}

/** Bytes, because Fastify adds a charset to the type of text. */
function send(reply: FastifyReply, type: Encoding, body: Uint8Array) {
  return reply.header('Content-Type', type).send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
}
