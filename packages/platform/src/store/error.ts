/**
 * ClickHouse's exceptions for rows that it can't read or convert, whatever else may be: sending them again is no use.
 * CANNOT_READ_ALL_DATA is not one: rows that were cut off on their way may come whole the next time.
 * https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
const OF_ROWS = new Set([
  6, // CANNOT_PARSE_TEXT
  25, // CANNOT_PARSE_ESCAPE_SEQUENCE
  26, // CANNOT_PARSE_QUOTED_STRING
  27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  38, // CANNOT_PARSE_DATE
  41, // CANNOT_PARSE_DATETIME
  53, // TYPE_MISMATCH
  69, // ARGUMENT_OUT_OF_BOUND
  70, // CANNOT_CONVERT_TYPE
  72, // CANNOT_PARSE_NUMBER
  117, // INCORRECT_DATA
  128, // TOO_LARGE_ARRAY_SIZE
  130, // CANNOT_READ_ARRAY_FROM_TEXT
  131, // TOO_LARGE_STRING_SIZE
  321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
  349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
  467, // CANNOT_PARSE_BOOL
]);

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

  /** Whether an insert failed for what the rows are, rather than for the state of the store. */
  get isOfRows(): boolean {
    return this.clickhouseCode !== undefined && OF_ROWS.has(this.clickhouseCode);
  }
}
