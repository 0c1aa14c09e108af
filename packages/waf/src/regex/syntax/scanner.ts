import { RegexSyntaxError } from '../error.ts';

/** A cursor over a pattern. Offsets are UTF-16; `next` steps by code points. */
export interface Scanner {
  readonly pattern: string;
  /** Where the cursor is. */
  at: number;
}

export function isDone({ pattern, at }: Scanner): boolean {
  return at >= pattern.length;
}

/** The code unit at the cursor, or some way past it, as a string; empty past the end. */
export function peek({ pattern, at }: Scanner, ahead = 0): string {
  return pattern.charAt(at + ahead);
}

export function isLookingAt({ pattern, at }: Scanner, text: string): boolean {
  return pattern.startsWith(text, at);
}

/** Steps over `text` if it is next. */
export function accept(scanner: Scanner, text: string): boolean {
  const found = isLookingAt(scanner, text);
  if (found) scanner.at += text.length;
  return found;
}

/** Steps over one code point and returns it. The caller has seen that there is one. */
export function next(scanner: Scanner): number {
  const codePoint = scanner.pattern.codePointAt(scanner.at)!;
  scanner.at += codePoint > 0xffff ? 2 : 1;
  return codePoint;
}

/** Steps over the longest run of characters that `accepts` takes, at most `limit`, and returns it. */
export function takeWhile(
  scanner: Scanner,
  accepts: (character: string) => boolean,
  limit = scanner.pattern.length,
): string {
  const from = scanner.at;
  while (!isDone(scanner) && scanner.at - from < limit && accepts(peek(scanner))) scanner.at++;
  return scanner.pattern.slice(from, scanner.at);
}

export function fail({ pattern, at }: Scanner, reason: string, where = at): never {
  throw new RegexSyntaxError(pattern, where, reason);
}

/** Fails for what other engines offer and no automaton can do. */
export function refuse(scanner: Scanner, what: string, where?: number): never {
  return fail(scanner, `${what} is not supported: it cannot be matched in linear time`, where);
}

export const isDigit = (character: string): boolean => character >= '0' && character <= '9';
export const isOctalDigit = (character: string): boolean => character >= '0' && character <= '7';
export const isHexDigit = (character: string): boolean => /^[0-9A-Fa-f]$/.test(character);
export const isWordCharacter = (character: string): boolean => /^\w$/.test(character);
