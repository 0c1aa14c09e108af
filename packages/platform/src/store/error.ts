/**
 * A failed call to the store.
 *
 * - `WARDLINE_STORE_UNAVAILABLE`: it could not be reached, or did not finish in time. Nothing is known of the call's
 *   effect; the same call may succeed later.
 * - `WARDLINE_STORE_FAILED`: ClickHouse answered with an exception; `clickhouseCode` is its number
 *   (https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp).
 */
export class StoreError extends Error {
  readonly code: 'WARDLINE_STORE_UNAVAILABLE' | 'WARDLINE_STORE_FAILED';
  readonly clickhouseCode: number | undefined;

  constructor(
    code: StoreError['code'],
    message: string,
    options: { cause?: unknown; clickhouseCode?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'StoreError';
    this.code = code;
    this.clickhouseCode = options.clickhouseCode;
  }
}
