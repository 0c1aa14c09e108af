import { RegexSyntaxError } from '../error.ts';

/** A cursor over a pattern. Offsets are UTF-16. */
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

/** Steps over `text` if it is next. */
export function accept(scanner: Scanner, text: string): boolean {
  const found = scanner.pattern.startsWith(text, scanner.at);
  if (found) scanner.at += text.length;
  return found;
}

/** Steps over one code point and returns it. The caller has seen that there is one. */
export function next(scanner: Scanner): number {
  const codePoint = scanner.pattern.codePointAt(scanner.at)!;
  scanner.at += codePoint > 0xffff ? 2 : 1;
  return codePoint;
}

/** Steps over what a sticky expression matches here and returns the match; null, without moving, if nothing. */
export function take(scanner: Scanner, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = scanner.at;
  const match = expression.exec(scanner.pattern);
  if (match !== null) scanner.at = expression.lastIndex;
  return match;
}

export function fail({ pattern, at }: Scanner, reason: string, position = at): never {
  throw new RegexSyntaxError(pattern, position, reason);
}

/** Fails for what other engines offer and no automaton can do. */
export function refuse(scanner: Scanner, what: string, position?: number): never {
  return fail(scanner, `${what} is not supported: it cannot be matched in linear time`, position);
}
