/** What can keep the platform from starting; `message` says what to do. The codes are stable. */
export const PLATFORM_ERROR = {
  portInUse: 'WARDLINE_PORT_IN_USE',
  addressUnavailable: 'WARDLINE_ADDRESS_UNAVAILABLE',
  dataInUse: 'WARDLINE_DATA_IN_USE',
  dataNotWritable: 'WARDLINE_DATA_NOT_WRITABLE',
  stateUnreachable: 'WARDLINE_STATE_UNREACHABLE',
  stateTooNew: 'WARDLINE_STATE_TOO_NEW',
  storeUnreachable: 'WARDLINE_STORE_UNREACHABLE',
  bootstrapInvalid: 'WARDLINE_BOOTSTRAP_INVALID',
} as const;
export type PlatformErrorCode = (typeof PLATFORM_ERROR)[keyof typeof PLATFORM_ERROR];

export class PlatformError extends Error {
  readonly code: PlatformErrorCode;
  constructor(code: PlatformErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PlatformError';
    this.code = code;
  }
}
