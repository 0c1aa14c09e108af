/**
 * Why an OTLP request could not be decoded. The message names the fault and where it is: `offset` is the byte in a
 * protobuf request, `path` the place in a JSON one (`resourceSpans[0].scopeSpans[0].spans[3].traceId`).
 *
 * - `otlp_malformed`: not what the OTLP specification says; sending it again will not help.
 * - `otlp_too_large`: well-formed so far, but it holds more messages than `DecodeLimits.messages`.
 */
export class OtlpError extends Error {
  readonly code: 'otlp_malformed' | 'otlp_too_large';
  readonly offset: number | undefined;
  readonly path: string | undefined;

  constructor(
    fault: string,
    where: { offset: number } | { path: string },
    code: OtlpError['code'] = 'otlp_malformed',
  ) {
    super('offset' in where ? `${fault} (at byte ${where.offset})` : `${where.path}: ${fault}`);
    this.name = 'OtlpError';
    this.code = code;
    this.offset = 'offset' in where ? where.offset : undefined;
    this.path = 'path' in where ? where.path : undefined;
  }
}
