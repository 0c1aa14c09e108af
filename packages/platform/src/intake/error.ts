/**
 * An answer other than 200. `INTAKE_ERROR` is the list of them: HTTP status, gRPC status code for the body
 * (`google.rpc.Status`), and after how many seconds it makes sense to send the same again.
 */
export const INTAKE_ERROR = {
  malformed: { status: 400, grpc: 3 },
  tracesOnly: { status: 404, grpc: 12 },
  tooLarge: { status: 413, grpc: 3 },
  unsupportedType: { status: 415, grpc: 3 },
  tooMuchInFlight: { status: 429, grpc: 8, retryAfter: 1 },
  storeUnavailable: { status: 503, grpc: 14, retryAfter: 2 },
} as const satisfies Record<string, { status: number; grpc: number; retryAfter?: number }>;

export class IntakeError extends Error {
  readonly status: number;
  readonly grpc: number;
  readonly retryAfter: number | undefined;

  constructor(kind: keyof typeof INTAKE_ERROR, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'IntakeError';
    const error: { status: number; grpc: number; retryAfter?: number } = INTAKE_ERROR[kind];
    this.status = error.status;
    this.grpc = error.grpc;
    this.retryAfter = error.retryAfter;
  }
}
