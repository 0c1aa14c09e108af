/** Classes of UTF-16 code units; NaN, which is what stands outside a text, is of none. */

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

export function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** ASCII letters, digits and the underscore. */
export function isWord(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 0x5f;
}
