/**
 * A pattern that cannot be compiled: it is malformed, it is outside what a finite automaton can decide, or it is
 * larger than a limit allows. Thrown at compile time only; searching never throws.
 */
export class RegexSyntaxError extends Error {
  readonly pattern: string;
  /** UTF-16 offset into the pattern of what is wrong. */
  readonly position: number;
  /** What is wrong, and where there is one, what to write instead. */
  readonly reason: string;

  constructor(pattern: string, position: number, reason: string) {
    super(`invalid regular expression at offset ${position} (${excerpt(pattern, position)}): ${reason}`);
    this.name = 'RegexSyntaxError';
    this.pattern = pattern;
    this.position = position;
    this.reason = reason;
  }
}

const CONTEXT = 12;

/** Patterns run to many thousand characters, so the message quotes only the neighbourhood of the fault. */
function excerpt(pattern: string, position: number): string {
  const from = Math.max(0, position - CONTEXT);
  const to = Math.min(pattern.length, position + CONTEXT);
  const quoted = JSON.stringify(pattern.slice(from, to));
  return `${from > 0 ? '…' : ''}${quoted}${to < pattern.length ? '…' : ''}`;
}
