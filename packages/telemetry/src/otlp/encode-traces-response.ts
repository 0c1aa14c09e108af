import { PARTIAL_SUCCESS, RESPONSE, RPC_STATUS } from './fields.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

export interface PartialSuccess {
  rejectedSpans: number;
  /** For people: why, and what to do. May be a warning, with `rejectedSpans` 0. */
  errorMessage: string;
}

/**
 * Encodes OTLP's `ExportTraceServiceResponse` in protobuf. Without `partialSuccess` everything was accepted, which is
 * the empty message.
 */
export function encodeTracesResponse(partialSuccess?: PartialSuccess): Uint8Array {
  if (partialSuccess === undefined) return new Uint8Array(0);
  const writer = new ProtobufWriter(256);
  writer.string(PARTIAL_SUCCESS.errorMessage, partialSuccess.errorMessage);
  writer.int(PARTIAL_SUCCESS.rejectedSpans, partialSuccess.rejectedSpans);
  writer.endMessage(RESPONSE.partialSuccess, 0);
  return writer.take();
}

/**
 * Encodes a `google.rpc.Status`, which OTLP/HTTP asks for as the body of every 4xx and 5xx answer to a protobuf
 * request (https://opentelemetry.io/docs/specs/otlp/#failures). `code` is a gRPC status code.
 */
export function encodeStatus(status: { code: number; message: string }): Uint8Array {
  const writer = new ProtobufWriter(256);
  writer.string(RPC_STATUS.message, status.message);
  writer.int(RPC_STATUS.code, status.code);
  return writer.take();
}
