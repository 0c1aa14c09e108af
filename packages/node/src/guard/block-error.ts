const BRAND = Symbol.for('wardline.block-error');
const MAX_CAUSES = 10;

/**
 * What a sink throws, rejects with or hands to its callback when it was stopped. By then the client has its answer;
 * `status` and `statusCode` are for frameworks and loggers that read them.
 */
export class WardlineBlockError extends Error {
  override readonly name = 'WardlineBlockError';
  readonly code = 'WARDLINE_BLOCKED';
  readonly status: number;
  readonly statusCode: number;
  readonly securityResponseId: string;

  constructor(status: number, securityResponseId: string) {
    super(
      `Stopped by Wardline: the request's input would have changed what this call does (${securityResponseId})`,
    );
    this.status = status;
    this.statusCode = status;
    this.securityResponseId = securityResponseId;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Whether a value is a block error or was caused by one, through at most ten `cause`s. */
export function isBlockError(value: unknown): boolean {
  let error = value;
  for (let depth = 0; depth <= MAX_CAUSES; depth++) {
    if (typeof error !== 'object' || error === null) return false;
    if (BRAND in error) return true;
    error = (error as { cause?: unknown }).cause;
  }
  return false;
}
