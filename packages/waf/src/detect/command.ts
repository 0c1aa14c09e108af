import { base64Decode } from '../transform/base64-decode.ts';
import type { Finding } from './finding.ts';
import { hasDirectoryEscape, looksLikeWindows } from './path.ts';
import { detectShellInjection, type ShellCommand, shellCommand } from './shell.ts';
import { baseName, findShell } from './shell-invocation.ts';

/** A program that is run without a shell, and what its arguments say of shells. */
export interface ExecCommand {
  readonly argv: readonly string[];
  /** The program, without blanks around it, or '' if it is looked up in the PATH. */
  readonly executable: string;
  /** The command line that the program, being a shell, is to run, in each form in which an input may bring it. */
  readonly shells: readonly ShellCommand[];
}

const MIN_TRAVERSAL_LENGTH = 5;
const MAX_EXTENSION = 5;

/** Options by which tar, git, rsync, ssh, find and the like run a program, and git's transport that runs what follows. */
const COMMAND_OPTION =
  /^(?:--(?:checkpoint-action|to-command|use-compress-program|rsh(?:-command)?|upload-pack|receive-pack|open-files-in-pager|exec)=|-oProxyCommand=|-(?:exec|ok)(?:dir)?$|ext::)/i;

/** Takes the program and its arguments, as for `execve`. */
export function execCommand(argv: readonly string[]): ExecCommand {
  const program = withoutQuotes(argv[0] ?? '');
  const executable = baseName(program) === program ? '' : program;
  return { argv, executable, shells: shellsOf(argv) };
}

/**
 * Whether an input is the program that is run, or brings a command into the command line of a shell that is run. As
 * libddwaf's `cmdi_detector` has it: a program that has a directory in its path and is all of the input; or `sh -c`,
 * `bash -c` and so on, with a shell injection in the command.
 *
 * Deliberate differences from libddwaf:
 * - a shell is also found behind `env`, `sudo`, `busybox` and the like;
 * - `cmd.exe /c`, batch files, abbreviated `-Command`, `-EncodedCommand`, and the rest of the arguments after either
 *   are read, `.exe` and case aside, on any platform, as cmd.exe and PowerShell read them;
 * - so is what `ssh` and `su` hand on to a shell;
 * - an option such as `--upload-pack=…`, by which the program runs another, counts if all of it is the input's;
 * - the program is the input's although the application put an extension after it, or on Windows made other
 *   separators or other case of it;
 * - an input with `../` in the path of the program counts.
 */
export function detectCommandInjection(command: ExecCommand, input: string): Finding | null {
  const highlight =
    injectedExecutable(command.executable, input) ??
    injectedCommand(command.shells, input) ??
    injectedOption(command.argv, input);
  return highlight === null ? null : { resource: describe(command.argv), highlight };
}

function injectedExecutable(executable: string, input: string): string | null {
  if (executable === '') return null;
  const value = withoutQuotes(input);
  if (value === executable || isSameFile(executable, value)) return input.trim();
  if (value.length < MIN_TRAVERSAL_LENGTH || !hasDirectoryEscape(value, true)) return null;
  return executable.includes(value) ? value : null;
}

function withoutQuotes(text: string): string {
  return text.trim().replace(/^"(.*)"$/s, '$1');
}

/** Whether the program is the input's, but for an extension, and on Windows for case and separators. */
function isSameFile(executable: string, value: string): boolean {
  if (baseName(value) === value || Math.abs(executable.length - value.length) > MAX_EXTENSION) return false;
  const isWindows = looksLikeWindows(executable);
  const [program, given] = [executable, value].map((path) =>
    isWindows ? path.replaceAll('/', '\\').toLowerCase() : path,
  ) as [string, string];
  return program.startsWith(given) && /^(?:\.\w+)?$/.test(program.slice(given.length));
}

/** An option of the input's by which the program runs another. */
function injectedOption(argv: readonly string[], input: string): string | null {
  const value = input.trim();
  return COMMAND_OPTION.test(value) && argv.lastIndexOf(value) > 0 ? value : null;
}

function injectedCommand(shells: readonly ShellCommand[], input: string): string | null {
  for (const shell of shells) {
    const finding = detectShellInjection(shell, input);
    if (finding) return finding.highlight;
  }
  return null;
}

/** `sh "-c" "ls -l"`, as libddwaf reports it. */
function describe(argv: readonly string[]): string {
  return argv.map((argument, index) => (index === 0 ? argument : `"${argument}"`)).join(' ');
}

function shellsOf(argv: readonly string[]): ShellCommand[] {
  const shell = findShell(argv);
  if (!shell) return [];
  const { language, argument, offset, takesRest, isEncoded } = shell;
  const first = argv[argument]!.slice(offset);
  if (isEncoded) return [shellCommand(decodeUtf16(first), language), shellCommand(first, language)];
  const parts = takesRest ? [first, ...argv.slice(argument + 1)] : [first];
  return [shellCommand(language === 'cmd' ? asQuotedByHost(parts, argument === 0) : parts, language)];
}

/**
 * Hosts put arguments with blanks or quotes into quotes on Windows, so that `&` in them means nothing to cmd.exe, unless
 * a quote in the argument ends them. cmd.exe throws them off if the command begins with one.
 */
function asQuotedByHost(parts: readonly string[], isBatchFile: boolean): readonly string[] {
  if (!isBatchFile && /[\s"]/.test(parts[0]!)) return [parts[0]!.replace(/^"/, ''), ...parts.slice(1)];
  return parts.map((part) => (/[\s"]/.test(part) ? `"${part}"` : part));
}

/** Base64 of UTF-16, little endian, of which what is beyond ASCII is lost. */
function decodeUtf16(text: string): string {
  return base64Decode.apply(text).replaceAll('\0', '');
}
