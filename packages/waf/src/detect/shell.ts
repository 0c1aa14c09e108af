import type { Finding } from './finding.ts';
import { FOUND, findInjection } from './occurrences.ts';
import { tokenizeShell } from './shell-tokenizer.ts';
import { ShellTokenKind, type ShellTokens } from './shell-tokens.ts';
import { firstEndingAfter } from './token-search.ts';

/** A command line that inputs are checked against. Its tokens are found when first needed, once. */
export interface ShellCommand {
  /** The command line; of an array, the arguments with a space between. */
  readonly text: string;
  /** Of an array, the index after each argument, ascending. */
  readonly argumentEnds: readonly number[];
  readings: ShellTokens[] | undefined;
}

const MIN_INPUT_LENGTH = 2;

/**
 * Takes what is given to a shell: a command line, or a command and its arguments, which the host joins with spaces.
 * Empty arguments are left out.
 */
export function shellCommand(command: string | readonly string[]): ShellCommand {
  if (typeof command === 'string') return { text: command, argumentEnds: [], readings: undefined };
  const parts = command.filter((part) => part !== '');
  const argumentEnds: number[] = [];
  let end = -1;
  for (const part of parts) {
    end += part.length + 1;
    argumentEnds.push(end);
  }
  return { text: parts.join(' '), argumentEnds, readings: undefined };
}

/**
 * Whether an input brings a command or a redirection into a command line: whether it covers more than one token, and
 * one of these, or the one that it ends at, is what is run or where something is read or written. So says libddwaf's
 * `shi_detector`, of an input of two characters or more within one argument.
 *
 * An input that is the last token, all of it and no more, is one too when that is what is run: `exec(input)`.
 *
 * Deliberate differences from libddwaf:
 * - of the last token, all must be the input; there, `up` is an injection into the fixed command `uptime`;
 * - a path that is run, `/opt/<name>`, counts wherever it stands if it is the input's;
 * - a backslash before a quote, outside of quotes, takes its meaning, and a quote in a comment has none; there, either
 *   opens a string that hides the rest: `\' ; id`;
 * - `$'it\'s'` is read both as bash has it, one string, and as dash does;
 * - blanks alone are no injection;
 * - an input that was trimmed, lowered or raised in case is found: see `occurrences.ts`.
 */
export function detectShellInjection(command: ShellCommand, input: string): Finding | null {
  const { text } = command;
  const highlight = findInjection(text, input, MIN_INPUT_LENGTH, (start, end) => {
    if (straddlesArguments(command.argumentEnds, start, end)) return start + 1;
    command.readings ??= readings(text);
    return command.readings.some((tokens) => isInjection(text, tokens, start, end)) ? FOUND : start + 1;
  });
  return highlight === null ? null : { resource: text, highlight };
}

function readings(text: string): ShellTokens[] {
  const plain = tokenizeShell(text, { ansiQuotes: false });
  return text.includes("$'") ? [plain, tokenizeShell(text, { ansiQuotes: true })] : [plain];
}

function straddlesArguments(argumentEnds: readonly number[], start: number, end: number): boolean {
  if (argumentEnds.length === 0) return false;
  return argumentEnds[firstEndingAfter(argumentEnds, start)]! < end;
}

function isInjection(text: string, tokens: ShellTokens, start: number, end: number): boolean {
  const { kinds, starts, ends } = tokens;
  const first = firstEndingAfter(ends, start);
  if (first === kinds.length || starts[first]! >= end) return false;
  if (first === kinds.length - 1 || starts[first + 1]! >= end) {
    return isWholeCommand(text, tokens, first, start, end);
  }
  for (let index = first; index < kinds.length && starts[index]! <= end; index++) {
    if (kinds[index] === ShellTokenKind.Executable || kinds[index] === ShellTokenKind.Redirection)
      return true;
  }
  return false;
}

function isWholeCommand(
  text: string,
  tokens: ShellTokens,
  index: number,
  start: number,
  end: number,
): boolean {
  const kind = tokens.kinds[index];
  if (kind !== ShellTokenKind.Executable && kind !== ShellTokenKind.Redirection) return false;
  const tokenStart = tokens.starts[index]!;
  const tokenEnd = tokens.ends[index]!;
  if (tokenStart < start || tokenEnd > end) return false;
  return index === tokens.kinds.length - 1 || text.slice(tokenStart, tokenEnd).includes('/');
}
