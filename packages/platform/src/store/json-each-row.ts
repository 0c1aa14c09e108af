/** `JSON.rawJSON` (ECMAScript proposal "JSON.parse source text access") is in Node.js 22; TypeScript lacks its type. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/**
 * Objects as ClickHouse's JSONEachRow, one a line. A bigint is written with all its digits, which for a DateTime64(9)
 * column are nanoseconds since the epoch.
 */
export function jsonEachRow(rows: readonly object[]): Buffer {
  let text = '';
  for (const row of rows) text += `${JSON.stringify(row, withBigints)}\n`;
  return Buffer.from(text);
}

function withBigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? rawJSON(String(value)) : value;
}
