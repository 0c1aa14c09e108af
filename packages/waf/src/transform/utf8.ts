/**
 * UTF-8 in both directions, for transformers whose definition speaks of bytes.
 *
 * Decoding never fails: a byte that is not part of a well-formed sequence (RFC 3629: no overlong forms, no
 * surrogates) becomes the code point of the same number, so that a rule that looks for `\xC0\xAF` still finds it.
 */
export function decodeUtf8(bytes: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) {
    const first = bytes[i]!;
    const length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
    let codePoint = first & (0xff >> (length + 1));
    let end = i + 1;
    while (end < i + length && (bytes[end]! & 0xc0) === 0x80) {
      codePoint = (codePoint << 6) | (bytes[end++]! & 0x3f);
    }
    const isWellFormed =
      length > 1 &&
      end === i + length &&
      codePoint >= LOWEST[length]! &&
      codePoint <= 0x10ffff &&
      !isSurrogate(codePoint);
    text += String.fromCodePoint(isWellFormed ? codePoint : first);
    if (isWellFormed) i = end - 1;
  }
  return text;
}

/** By the length of a sequence, the lowest code point that takes so many bytes. */
const LOWEST = [0, 0, 0x80, 0x800, 0x10000];

/** The bytes of a string; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    let codePoint = text.codePointAt(i)!;
    if (codePoint < 0x80) {
      bytes.push(codePoint);
      continue;
    }
    if (isSurrogate(codePoint)) codePoint = 0xfffd;
    if (codePoint > 0xffff) i++;
    const more = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    bytes.push(((0xff00 >> (more + 1)) & 0xff) | (codePoint >> (6 * more)));
    for (let shift = 6 * more - 6; shift >= 0; shift -= 6) bytes.push(0x80 | ((codePoint >> shift) & 0x3f));
  }
  return bytes;
}

/** Whether a code unit, or a code point, is half of a surrogate pair. */
export function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** A code point as text, with U+FFFD for NUL, surrogates and what lies beyond Unicode, as browsers decode escapes. */
export function codePointText(codePoint: number): string {
  return codePoint === 0 || isSurrogate(codePoint) || codePoint > 0x10ffff
    ? '\ufffd'
    : String.fromCodePoint(codePoint);
}

/** The number that hexadecimal digits stand for. */
export function parseHex(digits: string): number {
  return Number.parseInt(digits, 16);
}
