/**
 * A value that comes from outside as text for one line of a terminal or a pipeline's log: control characters, which could
 * move the cursor, recolour what follows or begin a line that a CI system takes for a command, become U+FFFD.
 */
export function printable(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
