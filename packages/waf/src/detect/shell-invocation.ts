import { ENCODED_OPTIONS, FILE_OPTIONS, SHELLS, type Shell, type ShellLanguage, WRAPPERS } from './shells.ts';

/** A shell that is run, and where in its arguments the command line stands that it is to read. */
export interface ShellInvocation {
  readonly language: ShellLanguage;
  /** The argument that the command line begins in, and the code unit of it. */
  readonly argument: number;
  readonly offset: number;
  /** All further arguments belong to it. */
  readonly takesRest: boolean | undefined;
  /** It is in Base64 of UTF-16. */
  readonly isEncoded?: boolean;
}

/** Arguments that are looked through for a shell and its options. */
const MAX_ARGUMENTS = 64;

/** What runs by itself in cmd.exe, whoever starts it. */
const BATCH_FILE = /\.(?:bat|cmd)$/;

/** Takes a program and its arguments; returns the shell that is run, if one is, by the program or behind it. */
export function findShell(argv: readonly string[]): ShellInvocation | undefined {
  let index = 0;
  let name = programName(argv[0] ?? '');
  if (BATCH_FILE.test(name)) return { language: 'cmd', argument: 0, offset: 0, takesRest: true };
  if (WRAPPERS.has(name)) {
    const limit = Math.min(argv.length, MAX_ARGUMENTS);
    do name = programName(argv[++index] ?? '');
    while (index < limit && !SHELLS.has(name));
  }
  const shell = SHELLS.get(name);
  return shell && findCommand(shell, argv, index + 1);
}

/** Whether the program, or one that it runs, may be a shell. */
export function mayRunShell(program: string): boolean {
  const name = programName(program);
  return SHELLS.has(name) || WRAPPERS.has(name);
}

function findCommand(shell: Shell, argv: readonly string[], from: number): ShellInvocation | undefined {
  const { language, takesRest } = shell;
  const isPowershell = language === 'powershell';
  let hasOption = shell.isImplied;
  let operands = shell.operands ?? 0;
  const limit = Math.min(argv.length, from + MAX_ARGUMENTS);
  const at = (argument: number, offset = 0) =>
    argument < argv.length ? { language, argument, offset, takesRest } : undefined;
  for (let index = from; index < limit; index++) {
    const argument = argv[index]!;
    if (argument === '') continue;
    const options = parseOptions(shell, argument);
    if (options === 'plain') {
      if (operands-- > 0) continue;
      return hasOption && at(index);
    }
    if (options === 'end') return hasOption && at(index + 1);
    for (const [position, { name, value }] of options.entries()) {
      if (isPowershell && FILE_OPTIONS.includes(name)) return undefined;
      if (isPowershell && ENCODED_OPTIONS.includes(name)) {
        const encoded = at(index + 1);
        return encoded && { ...encoded, takesRest: undefined, isEncoded: true };
      }
      if (shell.options.includes(name)) {
        hasOption = true;
        if (shell.isValue) return value === undefined ? at(index + 1) : at(index, value);
      }
      if (!shell.valued.includes(name)) continue;
      if (position === options.length - 1 && value === undefined) index++;
      break;
    }
  }
  return undefined;
}

interface Option {
  readonly name: string;
  /** Where in the argument its value begins. */
  readonly value?: number | undefined;
}

/** Takes an argument that is not empty. */
function parseOptions(shell: Shell, argument: string): Option[] | 'plain' | 'end' {
  const mark = argument[0];
  if (shell.language === 'cmd') {
    if (mark !== '/') return 'plain';
    for (let at = 0; at >= 0; at = argument.indexOf('/', at + 1)) {
      const name = argument.charAt(at + 1).toLowerCase();
      if (shell.options.includes(name))
        return [{ name, value: at + 2 < argument.length ? at + 2 : undefined }];
    }
    return [];
  }
  if (shell.language === 'powershell') {
    if (mark !== '-' && mark !== '/') return 'plain';
    return [{ name: argument.replace(/^--?|^\//, '').toLowerCase() }];
  }
  if (argument.startsWith('--')) {
    if (argument.length === 2) return 'end';
    const equal = argument.indexOf('=');
    if (equal < 3 || equal === argument.length - 1) return [{ name: argument.slice(2) }];
    const isQuoted = /["']/.test(argument[equal + 1]!);
    return [{ name: argument.slice(2, equal), value: equal + (isQuoted ? 2 : 1) }];
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
