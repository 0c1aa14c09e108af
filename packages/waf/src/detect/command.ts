import type { Finding } from './finding.ts';
import { hasDirectoryEscape } from './path.ts';
import { detectShellInjection, type ShellCommand, shellCommand } from './shell.ts';
import { SHELLS, type Shell, WRAPPERS } from './shells.ts';

/** A program that is run without a shell, and what its arguments say of shells. */
export interface ExecCommand {
  readonly argv: readonly string[];
  /** The program, without blanks around it, or '' if it is looked up in the PATH. */
  readonly executable: string;
  /** The command line that the program, being a shell, is to run. */
  readonly shell: ShellCommand | undefined;
}

/** Arguments that are looked through for a shell and its options. */
const MAX_ARGUMENTS = 64;

const MIN_TRAVERSAL_LENGTH = 5;

/** Takes the program and its arguments, as for `execve`. */
export function execCommand(argv: readonly string[]): ExecCommand {
  const program = (argv[0] ?? '').trim();
  const executable = baseName(program) === program ? '' : program;
  return { argv, executable, shell: shellOf(argv) };
}

/**
 * Whether an input is the program that is run, or brings a command into the command line of a shell that is run. As
 * libddwaf's `cmdi_detector` has it: a program that has a directory in its path and is all of the input; or `sh -c`,
 * `bash -c` and so on, with a shell injection in the command.
 *
 * Deliberate differences from libddwaf:
 * - a shell is also found behind `env`, `sudo`, `busybox` and the like;
 * - `cmd.exe /c`, abbreviated `-Command`, and the rest of the arguments after either are read, `.exe` and case aside,
 *   on any platform;
 * - an input with `../` in the path of the program counts.
 */
export function detectCommandInjection(command: ExecCommand, input: string): Finding | null {
  const highlight = injectedExecutable(command.executable, input) ?? injectedCommand(command.shell, input);
  return highlight === null ? null : { resource: describe(command.argv), highlight };
}

function injectedExecutable(executable: string, input: string): string | null {
  if (executable === '') return null;
  const value = input.trim();
  if (value === executable) return value;
  if (value.length < MIN_TRAVERSAL_LENGTH || !hasDirectoryEscape(value, '/\\')) return null;
  return executable.includes(value) ? value : null;
}

function injectedCommand(shell: ShellCommand | undefined, input: string): string | null {
  return shell === undefined ? null : (detectShellInjection(shell, input)?.highlight ?? null);
}

/** `sh "-c" "ls -l"`, as libddwaf reports it. */
function describe(argv: readonly string[]): string {
  return argv.map((argument, index) => (index === 0 ? argument : `"${argument}"`)).join(' ');
}

function shellOf(argv: readonly string[]): ShellCommand | undefined {
  let index = 0;
  let name = programName(argv[0] ?? '');
  if (WRAPPERS.has(name)) {
    const limit = Math.min(argv.length, MAX_ARGUMENTS);
    do name = programName(argv[++index] ?? '');
    while (index < limit && !Object.hasOwn(SHELLS, name));
  }
  if (!Object.hasOwn(SHELLS, name)) return undefined;
  const shell = SHELLS[name]!;
  const at = shellCommandIndex(shell, argv, index + 1);
  if (at === undefined) return undefined;
  if (typeof at === 'string') return shellCommand(at);
  return shellCommand(shell.takesRest ? argv.slice(at) : argv[at]!);
}

/** The index of the argument that is the command, or the command if it stands in an option (`--command=x`). */
function shellCommandIndex(shell: Shell, argv: readonly string[], from: number): number | string | undefined {
  let hasOption = shell.optionIsOptional;
  const limit = Math.min(argv.length, from + MAX_ARGUMENTS);
  for (let index = from; index < limit; index++) {
    const argument = argv[index]!;
    if (argument === '') continue;
    const options = parseOptions(shell, argument);
    if (options === 'plain') return hasOption ? index : undefined;
    if (options === 'end') return hasOption && index + 1 < argv.length ? index + 1 : undefined;
    for (const { name, value } of options) {
      if (shell.otherModes.includes(name)) return undefined;
      const isCommandOption = shell.commandOptions.includes(name);
      hasOption ||= isCommandOption;
      if (isCommandOption && shell.commandFollowsOption) {
        return value ?? (index + 1 < argv.length ? index + 1 : undefined);
      }
      if (shell.optionsWithValue.includes(name)) index++;
    }
  }
  return undefined;
}

interface Option {
  readonly name: string;
  readonly value?: string;
}

/** Takes an argument that is not empty. */
function parseOptions(shell: Shell, argument: string): Option[] | 'plain' | 'end' {
  const mark = argument[0];
  if (shell.style === 'windows') {
    if (mark !== '-' && mark !== '/') return 'plain';
    const dashes = argument.startsWith('--') ? 2 : 1;
    return [{ name: argument.slice(dashes).toLowerCase() }];
  }
  if (mark === '-' && argument[1] === '-') {
    if (argument.length === 2) return 'end';
    const equal = argument.indexOf('=');
    const hasValue = equal > 2 && equal < argument.length - 1;
    if (!hasValue) return [{ name: argument.slice(2) }];
    return [{ name: argument.slice(2, equal), value: unquote(argument.slice(equal + 1)) }];
  }
  if (mark !== '-' && mark !== '+') return 'plain';
  return Array.from(argument.slice(1), (name) => ({ name }));
}

function unquote(value: string): string {
  const quote = value[0];
  const isQuoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return isQuoted ? value.slice(1, -1) : value;
}

function programName(path: string): string {
  const name = baseName(path.trim()).toLowerCase();
  return name.endsWith('.exe') ? name.slice(0, -4) : name;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
