/** `JSON.rawJSON` (ECMAScript proposal "JSON.parse source text access") is in Node.js 22; TypeScript lacks its type. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** An escape in JSON; `JSON.stringify` writes `\ud800` to `\udfff` only for a surrogate that has no partner. */
const ESCAPE = /\\(?:u[0-9a-f]{4}|.)/g;
const LONE_SURROGATE = /^\\ud[89a-f]/;

/**
 * Objects as ClickHouse's JSONEachRow, one a line. A bigint is written with all its digits, which for a DateTime64(9)
 * column are nanoseconds since the epoch; a lone surrogate, for which ClickHouse would refuse all rows, as U+FFFD.
 */
export function jsonEachRow(rows: readonly object[]): Buffer {
  let text = '';
  for (const row of rows) text += `${JSON.stringify(row, withBigints)}\n`;
  return Buffer.from(text.includes('\\ud') ? text.replace(ESCAPE, wellFormed) : text);
}

function withBigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? rawJSON(String(value)) : value;
}

function wellFormed(sequence: string): string {
  return LONE_SURROGATE.test(sequence) ? '\\ufffd' : sequence;
}
