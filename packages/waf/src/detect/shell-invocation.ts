import { SHELLS, type Shell, type ShellLanguage, WRAPPERS } from './shells.ts';

/** A shell that is run, and where in its arguments the command line stands that it is to read. */
export interface ShellInvocation {
  readonly language: ShellLanguage;
  /** The argument that the command line begins in, and the code unit of it. */
  readonly argument: number;
  readonly offset: number;
  /** All further arguments belong to it. */
  readonly takesRest: boolean;
  /** It is in Base64 of UTF-16. */
  readonly isEncoded: boolean;
}

/** Arguments that are looked through for a shell and its options. */
const MAX_ARGUMENTS = 64;

/** What runs by itself in cmd.exe, whoever starts it. */
const BATCH_FILE = /\.(?:bat|cmd)$/;

/** Takes a program and its arguments; returns the shell that is run, if one is, by the program or behind it. */
export function findShell(argv: readonly string[]): ShellInvocation | undefined {
  let index = 0;
  let name = programName(argv[0] ?? '');
  if (BATCH_FILE.test(name)) {
    return { language: 'cmd', argument: 0, offset: 0, takesRest: true, isEncoded: false };
  }
  if (WRAPPERS.has(name)) {
    const limit = Math.min(argv.length, MAX_ARGUMENTS);
    do name = programName(argv[++index] ?? '');
    while (index < limit && !Object.hasOwn(SHELLS, name));
  }
  return Object.hasOwn(SHELLS, name) ? findCommand(SHELLS[name]!, argv, index + 1) : undefined;
}

/** Whether the program, or one that it runs, may be a shell. */
export function mayRunShell(program: string): boolean {
  const name = programName(program);
  return Object.hasOwn(SHELLS, name) || WRAPPERS.has(name);
}

function findCommand(shell: Shell, argv: readonly string[], from: number): ShellInvocation | undefined {
  const { language, takesRest } = shell;
  let hasOption = shell.optionIsOptional;
  let { operands } = shell;
  const limit = Math.min(argv.length, from + MAX_ARGUMENTS);
  const at = (argument: number, offset = 0, hasRest = takesRest, isEncoded = false) =>
    argument < argv.length ? { language, argument, offset, takesRest: hasRest, isEncoded } : undefined;
  for (let index = from; index < limit; index++) {
    const argument = argv[index]!;
    if (argument === '') continue;
    const options = parseOptions(shell, argument);
    if (options === 'plain') {
      if (operands-- > 0) continue;
      return hasOption ? at(index) : undefined;
    }
    if (options === 'end') return hasOption ? at(index + 1) : undefined;
    for (const [position, { name, value }] of options.entries()) {
      if (shell.otherModes.includes(name)) return undefined;
      if (shell.encodedOptions.includes(name)) return at(index + 1, 0, false, true);
      const isCommandOption = shell.commandOptions.includes(name);
      hasOption ||= isCommandOption;
      if (isCommandOption && shell.commandFollowsOption) {
        return value === undefined ? at(index + 1) : at(index, value);
      }
      if (!shell.optionsWithValue.includes(name)) continue;
      if (position === options.length - 1 && value === undefined) index++;
      break;
    }
  }
  return undefined;
}

interface Option {
  readonly name: string;
  /** Where in the argument its value begins. */
  readonly value?: number;
}

/** Takes an argument that is not empty. */
function parseOptions({ language, commandOptions }: Shell, argument: string): Option[] | 'plain' | 'end' {
  const mark = argument[0];
  if (language === 'cmd') {
    if (mark !== '/') return 'plain';
    for (let at = 0; at >= 0; at = argument.indexOf('/', at + 1)) {
      const name = argument.charAt(at + 1).toLowerCase();
      if (commandOptions.includes(name))
        return [at + 2 < argument.length ? { name, value: at + 2 } : { name }];
    }
    return [];
  }
  if (language === 'powershell') {
    if (mark !== '-' && mark !== '/') return 'plain';
    const dashes = argument.startsWith('--') ? 2 : 1;
    return [{ name: argument.slice(dashes).toLowerCase() }];
  }
  if (mark === '-' && argument[1] === '-') {
    if (argument.length === 2) return 'end';
    const equal = argument.indexOf('=');
    const hasValue = equal > 2 && equal < argument.length - 1;
    if (!hasValue) return [{ name: argument.slice(2) }];
    const isQuoted = argument[equal + 1] === '"' || argument[equal + 1] === "'";
    return [{ name: argument.slice(2, equal), value: isQuoted ? equal + 2 : equal + 1 }];
  }
  if (mark !== '-' && mark !== '+') return 'plain';
  return Array.from(argument.slice(1), (name) => ({ name }));
}

/** The name of a program in lower case, without its directory and `.exe`. */
function programName(path: string): string {
  const name = baseName(path.trim()).toLowerCase();
  return name.endsWith('.exe') ? name.slice(0, -4) : name;
}

/** What stands after the last separator, or after the drive. */
export function baseName(path: string): string {
  const separator = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return path.slice(separator < 0 && path[1] === ':' ? 2 : separator + 1);
}
