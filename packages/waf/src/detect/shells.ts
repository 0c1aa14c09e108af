import { words } from '../word-list.ts';

/** Whose rules a command line is read by: those of sh and its kind, of cmd.exe, or of PowerShell. */
export type ShellLanguage = 'posix' | 'cmd' | 'powershell';

/** How a program that runs other commands takes them from its arguments. Names are in lower case, without `.exe`. */
export interface Shell {
  /**
   * `posix` has options such as `-c` and `--command=x`, with letters that may be joined; `powershell` has `-Command` or
   * `/c` in any case, and `cmd` has `/d/c`, with the command right behind it or after it.
   */
  readonly language: ShellLanguage;
  /** Options after which the command stands, without their dashes. None: the first plain argument is the command. */
  readonly options: readonly string[];
  /** Options whose value is the next argument. */
  readonly valued: readonly string[];
  /** The command is the argument right after the option; else it is the first plain argument once the option is given. */
  readonly isValue?: true;
  /** The first plain argument is a command even without the option. */
  readonly isImplied?: true;
  /** Plain arguments before the command that are something else, such as a host. */
  readonly operands?: number;
  /** All arguments from the command on are the command. */
  readonly takesRest?: true;
}

const posix: Shell = { language: 'posix', options: ['c'], valued: ['o'] };
const bash: Shell = { ...posix, valued: words('O o init-file rcfile') };
const ksh: Shell = { ...posix, valued: words('o T'), isImplied: true };
const fish: Shell = { ...posix, options: words('c command'), valued: [], isValue: true };
const otherUser: Shell = { ...fish, valued: words('g G s w'), operands: 2 };

/** PowerShell takes any prefix of an option's name that is not another's. */
const powershell: Shell = {
  language: 'powershell',
  options: prefixes('command'),
  valued: words(
    'executionpolicy ep ex version v windowstyle w workingdirectory wd inputformat outputformat ' +
      'configurationname configurationfile psconsolefile',
  ),
  isValue: true,
  takesRest: true,
};
/** Options of PowerShell that make it run something else than a command. */
export const FILE_OPTIONS: readonly string[] = ['file', 'f'];
/** Options of PowerShell after which the command stands in Base64 of UTF-16. */
export const ENCODED_OPTIONS: readonly string[] = ['ec', ...prefixes('encodedcommand')];

/** `sh` may be any of bash and dash, so it takes the options of both. */
export const SHELLS: ReadonlyMap<string, Shell> = new Map<string, Shell>([
  ...named('sh bash rbash', bash),
  ...named('ksh rksh mksh', ksh),
  ...named('zsh dash ash', posix),
  ...named('fish', fish),
  ...named('powershell', { ...powershell, isImplied: true }),
  ...named('pwsh', powershell),
  ...named('cmd', { language: 'cmd', options: words('c k r'), valued: [], isValue: true, takesRest: true }),
  ...named('ssh', {
    ...posix,
    options: [],
    valued: Array.from('BbcDEeFIiJLlmOopQRSWw'),
    isImplied: true,
    operands: 1,
    takesRest: true,
  }),
  ...named('su runuser', otherUser),
]);

/** Programs that run the command in their own arguments: `env A=1 sh -c …`, `docker exec x sh -c …`. */
export const WRAPPERS: ReadonlySet<string> = new Set(
  words(
    'env sudo doas nohup nice ionice setsid stdbuf timeout time xargs exec busybox toybox chroot su-exec gosu ' +
      'find parallel flock strace unshare nsenter systemd-run docker podman kubectl start call',
  ),
);

function named(names: string, shell: Shell): [string, Shell][] {
  return words(names).map((name) => [name, shell]);
}

function prefixes(name: string): string[] {
  return Array.from(name, (_, index) => name.slice(0, index + 1));
}
