import { RegexSyntaxError } from '../error.ts';

/** A cursor over a pattern. Offsets are UTF-16; `next` steps by code points. */
export class Scanner {
  readonly pattern: string;
  position = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  get done(): boolean {
    return this.position >= this.pattern.length;
  }

  /** The code unit at the cursor, or some way past it, as a string; empty past the end. */
  peek(ahead = 0): string {
    return this.pattern.charAt(this.position + ahead);
  }

  lookingAt(text: string): boolean {
    return this.pattern.startsWith(text, this.position);
  }

  /** Steps over `text` if it is next. */
  accept(text: string): boolean {
    const found = this.lookingAt(text);
    if (found) this.position += text.length;
    return found;
  }

  /** Steps over one code point and returns it. The caller has seen that there is one. */
  next(): number {
    const codePoint = this.pattern.codePointAt(this.position)!;
    this.position += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  /** Steps over the longest run of characters that `accepts` takes, at most `limit`, and returns it. */
  takeWhile(accepts: (character: string) => boolean, limit = Number.POSITIVE_INFINITY): string {
    const from = this.position;
    while (!this.done && this.position - from < limit && accepts(this.peek())) this.position++;
    return this.pattern.slice(from, this.position);
  }

  fail(reason: string, position = this.position): never {
    throw new RegexSyntaxError(this.pattern, position, reason);
  }
}

export const isDigit = (character: string): boolean => character >= '0' && character <= '9';
export const isOctalDigit = (character: string): boolean => character >= '0' && character <= '7';
export const isHexDigit = (character: string): boolean => /^[0-9A-Fa-f]$/.test(character);
export const isWordCharacter = (character: string): boolean => /^\w$/.test(character);
