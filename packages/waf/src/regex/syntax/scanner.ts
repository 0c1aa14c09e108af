import { RegexSyntaxError } from '../error.ts';

/** A cursor over a pattern. Offsets are UTF-16; `next` steps by code points. */
export class Scanner {
  readonly pattern: string;
  /** Where the cursor is. */
  at = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  get done(): boolean {
    return this.at >= this.pattern.length;
  }

  /** The code unit at the cursor, or some way past it, as a string; empty past the end. */
  peek(ahead = 0): string {
    return this.pattern.charAt(this.at + ahead);
  }

  lookingAt(text: string): boolean {
    return this.pattern.startsWith(text, this.at);
  }

  /** Steps over `text` if it is next. */
  accept(text: string): boolean {
    const found = this.lookingAt(text);
    if (found) this.at += text.length;
    return found;
  }

  /** Steps over one code point and returns it. The caller has seen that there is one. */
  next(): number {
    const codePoint = this.pattern.codePointAt(this.at)!;
    this.at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  /** Steps over the longest run of characters that `accepts` takes, at most `limit`, and returns it. */
  takeWhile(accepts: (character: string) => boolean, limit = this.pattern.length): string {
    const from = this.at;
    while (!this.done && this.at - from < limit && accepts(this.peek())) this.at++;
    return this.pattern.slice(from, this.at);
  }

  fail(reason: string, at = this.at): never {
    throw new RegexSyntaxError(this.pattern, at, reason);
  }
}

/** Fails for what other engines offer and no automaton can do. */
export function refuse(scanner: Scanner, what: string, at?: number): never {
  return scanner.fail(`${what} is not supported: it cannot be matched in linear time`, at);
}

export const isDigit = (character: string): boolean => character >= '0' && character <= '9';
export const isOctalDigit = (character: string): boolean => character >= '0' && character <= '7';
export const isHexDigit = (character: string): boolean => /^[0-9A-Fa-f]$/.test(character);
export const isWordCharacter = (character: string): boolean => /^\w$/.test(character);
