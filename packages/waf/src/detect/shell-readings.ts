import { findShell, mayRunShell } from './shell-invocation.ts';
import * as ShellKind from './shell-token-kinds.ts';
import { tokenizeShell } from './shell-tokenizer.ts';
import type { ShellTokens } from './shell-tokens.ts';
import type { ShellLanguage } from './shells.ts';
import { tokenizeWindowsShell, WINDOWS_SYNTAX } from './windows-shell-tokenizer.ts';

/** UTF-16 code units of a command line that are tokenised; what lies beyond is not looked at. */
const MAX_COMMAND_LENGTH = 256 * 1024;

/** Command lines that are read, of those within the command line. */
const MAX_PARTS = 16;

/** Words of a command that are looked at. */
const MAX_WORDS = 64;

/** A part of the command line, and the shell that reads it. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly language: ShellLanguage;
  /** The last code unit of what may say that the line is one for Windows. */
  readonly assumedBy?: number;
}

/** A program of Windows, as the first word. */
const RUNS_WINDOWS = /^\s*"?(?:[a-z]:[\\/]|\\\\\w|%comspec%|cmd(?:\.exe)?"?\s+\/)/i;
/** What may be one, or an argument to one. */
const MAY_RUN_WINDOWS = /^\s*"?[^"'\s/]*\.(?:exe|bat|cmd)\b|(?:^|[\s"'=&|(,;])[a-z]:[\\/]/i;

export interface Reading {
  readonly tokens: ShellTokens;
  /** An input that has this code unit may have made the line look like one for Windows, and isn't read like that. */
  readonly assumedBy: number | undefined;
}

/**
 * The ways in which a command line may be read, each a list of tokens: by the shell's own rules; where these are not
 * known, by those of sh, of bash, and, if it looks like Windows, of cmd.exe; and what it hands on to another shell
 * (`bash -c "…"`, `powershell -Command "…"`) by that shell's.
 */
export function readCommandLine(command: string, language: ShellLanguage | undefined): Reading[] {
  const text = command.slice(0, MAX_COMMAND_LENGTH);
  const readings: Reading[] = [];
  const whole = { from: 0, to: text.length };
  const pending: Part[] = language ? [{ ...whole, language }] : guess(text, whole);
  for (let index = 0; index < pending.length; index++) {
    const part = pending[index]!;
    for (const tokens of read(text.slice(part.from, part.to), part.language)) {
      moveBy(part.from, tokens);
      readings.push({ tokens, assumedBy: part.assumedBy });
      const isRun = (at: number) => tokens.kinds[at] === ShellKind.Executable;
      for (let at = 0; at < tokens.kinds.length && pending.length < MAX_PARTS; at++) {
        const inner = isRun(at) ? handedOn(text, tokens, at, part) : undefined;
        if (inner) pending.push(inner);
      }
    }
  }
  return readings;
}

function moveBy(distance: number, { starts, ends }: ShellTokens): void {
  for (let at = 0; distance > 0 && at < starts.length; at++) {
    starts[at]! += distance;
    ends[at]! += distance;
  }
}

function guess(text: string, whole: { from: number; to: number }): Part[] {
  if (RUNS_WINDOWS.test(text)) return [{ ...whole, language: 'cmd' }];
  const posix: Part = { ...whole, language: 'posix' };
  const sign = MAY_RUN_WINDOWS.exec(text);
  if (sign === null) return [posix];
  return [posix, { ...whole, language: 'cmd', assumedBy: sign.index + sign[0].length - 1 }];
}

function read(text: string, language: ShellLanguage): ShellTokens[] {
  if (language !== 'posix') return [tokenizeWindowsShell(text, WINDOWS_SYNTAX[language])];
  const plain = tokenizeShell(text, false);
  return text.includes("$'") ? [plain, tokenizeShell(text, true)] : [plain];
}

/** What the command whose first token is `index` hands on to a shell that it runs. */
function handedOn(
  text: string,
  tokens: ShellTokens,
  index: number,
  { to, language, assumedBy }: Part,
): Part | undefined {
  if (!mayRunShell(unquote(text.slice(tokens.starts[index], tokens.ends[index])))) return undefined;
  const words =
    language === 'posix' ? splitWords(text, tokens.starts[index]!, to) : wordTokens(tokens, index);
  const argv = words.map(([start, end]) => unquote(text.slice(start, end)));
  const shell = findShell(argv);
  if (!shell?.argument) return undefined;
  const [start, end] = words[shell.argument]!;
  const quote = argv[shell.argument]!.length < end - start ? 1 : 0;
  const last = shell.takesRest ? words[words.length - 1]![1] : end;
  return {
    from: start + shell.offset + quote,
    to: last === end ? end - quote : last,
    language: shell.language,
    assumedBy,
  };
}

type Span = readonly [start: number, end: number];

function wordTokens({ kinds, starts, ends }: ShellTokens, first: number): Span[] {
  const words: Span[] = [];
  let index = first;
  do words.push([starts[index]!, ends[index]!]);
  while (kinds[++index] === ShellKind.Word && words.length < MAX_WORDS);
  return words;
}

/** The words of a command for sh, from `from` to where the command ends, or to `to`; what is expanded is left as it is. */
function splitWords(text: string, from: number, to: number): Span[] {
  const command = text.slice(0, to);
  const words: Span[] = [];
  WORD.lastIndex = from;
  while (words.length < MAX_WORDS) {
    const [, word] = WORD.exec(command) ?? [];
    if (word === undefined) break;
    words.push([WORD.lastIndex - word.length, WORD.lastIndex]);
  }
  return words;
}

/** Blanks and a word: escaped, quoted and plain parts. */
const WORD = /[ \t]*((?:\\[\s\S]?|"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|[^ \t;&|\n()<>`"'\\])+)/y;

function unquote(word: string): string {
  return /^["']/.test(word) ? word.replace(/^(["'])(.*)\1$/s, '$2') : word;
}
