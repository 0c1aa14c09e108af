import { type Finding, findingOf } from './finding.ts';
import { FOUND, findInjection } from './occurrences.ts';
import { type Reading, readCommandLine } from './shell-readings.ts';
import * as ShellKind from './shell-token-kinds.ts';
import type { ShellTokenKind, ShellTokens } from './shell-tokens.ts';
import type { ShellLanguage } from './shells.ts';
import { firstEndingAfter } from './token-search.ts';

/** A command line that inputs are checked against. Its tokens are found when first needed, once. */
export interface ShellCommand {
  /** The command line; of an array, the arguments with a space between. */
  readonly text: string;
  /** Of an array, the index after each argument, ascending. */
  readonly argumentEnds: readonly number[];
  /** Of the shell that reads it; undefined if that is not known. */
  readonly language: ShellLanguage | undefined;
  readings?: Reading[];
}

const MIN_INPUT_LENGTH = 2;

/**
 * Takes what is given to a shell: a command line, or a command and its arguments, which the host joins with spaces.
 * Empty arguments are left out.
 */
export function shellCommand(command: string | readonly string[], language?: ShellLanguage): ShellCommand {
  if (typeof command === 'string') return { text: command, argumentEnds: [], language };
  const parts = command.filter((part) => part !== '');
  const argumentEnds: number[] = [];
  let end = -1;
  for (const part of parts) {
    end += part.length + 1;
    argumentEnds.push(end);
  }
  return { text: parts.join(' '), argumentEnds, language };
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
 * - only a name is assigned to (`a/b=c` is run), and what a function does is run too;
 * - a command line that looks like Windows is read as cmd.exe does as well, and what is handed on to another shell
 *   (`bash -c "…"`, `ssh host "…"`, `powershell -Command "…"`) as that one does;
 * - an input that was trimmed, lowered or raised in case is found: see `occurrences.ts`.
 */
export function detectShellInjection(command: ShellCommand, input: string): Finding | null {
  const { text } = command;
  const highlight = findInjection(text, input, MIN_INPUT_LENGTH, (start, end) => {
    if (straddlesArguments(command.argumentEnds, start, end)) return start + 1;
    command.readings ??= readCommandLine(text, command.language);
    return inspect(text, command.readings, start, end);
  });
  return findingOf(text, highlight);
}

/** An occurrence that lies in one token, by every reading, needs no second look until that token ends. */
function inspect(text: string, readings: readonly Reading[], start: number, end: number): number {
  let next = text.length;
  for (const { tokens, assumedBy = -1 } of readings) {
    if (assumedBy >= start && assumedBy < end) continue;
    const { starts, ends } = tokens;
    const first = firstEndingAfter(ends, start);
    if (isInjection(text, tokens, first, start, end)) return FOUND;
    const holds = starts[first]! <= start && ends[first]! > end;
    next = Math.min(next, holds ? ends[first]! - (end - start) : start + 1);
  }
  return Math.max(next, start + 1);
}

function straddlesArguments(argumentEnds: readonly number[], start: number, end: number): boolean {
  return argumentEnds[firstEndingAfter(argumentEnds, start)]! < end;
}

/** `first` is the token in which the occurrence begins, or the next. */
function isInjection(
  text: string,
  { kinds, starts, ends }: ShellTokens,
  first: number,
  start: number,
  end: number,
): boolean {
  const last = kinds.length - 1;
  if (first > last || starts[first]! >= end) return false;
  if (first === last || starts[first + 1]! >= end) {
    const token = text.slice(starts[first], ends[first]);
    const isWhole = starts[first]! >= start && ends[first]! <= end;
    return isWhole && isHarmful(kinds[first]!) && (first === last || token.includes('/'));
  }
  for (let index = first; index <= last && starts[index]! <= end; index++) {
    if (isHarmful(kinds[index]!)) return true;
  }
  return false;
}

/** Whether a token of the kind is run, or says where something is read or written. */
function isHarmful(kind: ShellTokenKind): boolean {
  return kind === ShellKind.Executable || kind === ShellKind.Redirection;
}
