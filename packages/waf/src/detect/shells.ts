/** Whose rules a command line is read by: those of sh and its kind, of cmd.exe, or of PowerShell. */
export type ShellLanguage = 'posix' | 'cmd' | 'powershell';

/** How a program that runs other commands takes them from its arguments. Names are in lower case, without `.exe`. */
export interface Shell {
  /** An option after which the command stands, without its dashes. None: the first plain argument is the command. */
  readonly commandOptions: readonly string[];
  /** The command is the argument right after the option; else it is the first plain argument once the option is given. */
  readonly commandFollowsOption: boolean;
  /** The first plain argument is a command even without the option. */
  readonly optionIsOptional: boolean;
  /** Options that make it run something else than a command. */
  readonly otherModes: readonly string[];
  /** Options whose value is the next argument. */
  readonly optionsWithValue: readonly string[];
  /** Options after which the command stands in Base64 of UTF-16. */
  readonly encodedOptions: readonly string[];
  /** Plain arguments before the command that are something else, such as a host. */
  readonly operands: number;
  /**
   * `posix` has options such as `-c` and `--command=x`, with letters that may be joined; `powershell` has `-Command` or
   * `/c` in any case, and `cmd` has `/d/c`, with the command right behind it or after it.
   */
  readonly language: ShellLanguage;
  /** All arguments from the command on are the command. */
  readonly takesRest: boolean;
}

const posix = (shell: Partial<Shell> = {}): Shell => ({
  commandOptions: ['c'],
  commandFollowsOption: false,
  optionIsOptional: false,
  otherModes: [],
  optionsWithValue: ['o'],
  encodedOptions: [],
  operands: 0,
  language: 'posix',
  takesRest: false,
  ...shell,
});

/** PowerShell takes any prefix of an option's name that is not another's. */
const powershell = (shell: Partial<Shell> = {}): Shell => ({
  commandOptions: prefixes('command'),
  commandFollowsOption: true,
  optionIsOptional: false,
  otherModes: ['file', 'f'],
  optionsWithValue:
    `executionpolicy ep ex version v windowstyle w workingdirectory wd inputformat outputformat
    configurationname configurationfile psconsolefile`.split(/\s+/),
  encodedOptions: ['ec', ...prefixes('encodedcommand')],
  operands: 0,
  language: 'powershell',
  takesRest: true,
  ...shell,
});

const bash = posix({ optionsWithValue: ['O', 'o', 'init-file', 'rcfile'] });
const otherUser = posix({
  commandOptions: ['c', 'command'],
  commandFollowsOption: true,
  optionsWithValue: Array.from('gGsw'),
  operands: 2,
});
const ksh = posix({ optionIsOptional: true, optionsWithValue: ['o', 'T'] });

/** `sh` may be any of bash and dash, so it takes the options of both. */
export const SHELLS: Readonly<Record<string, Shell>> = {
  sh: bash,
  bash,
  rbash: bash,
  ksh,
  rksh: ksh,
  mksh: ksh,
  zsh: posix(),
  dash: posix(),
  ash: posix(),
  fish: posix({ commandOptions: ['c', 'command'], commandFollowsOption: true, optionsWithValue: [] }),
  powershell: powershell({ optionIsOptional: true }),
  pwsh: powershell(),
  cmd: posix({
    commandOptions: ['c', 'k', 'r'],
    commandFollowsOption: true,
    optionsWithValue: [],
    language: 'cmd',
    takesRest: true,
  }),
  ssh: posix({
    commandOptions: [],
    optionIsOptional: true,
    optionsWithValue: Array.from('BbcDEeFIiJLlmOopQRSWw'),
    operands: 1,
    takesRest: true,
  }),
  su: otherUser,
  runuser: otherUser,
};

/** Programs that run the command in their own arguments: `env A=1 sh -c …`, `docker exec x sh -c …`. */
export const WRAPPERS: ReadonlySet<string> = new Set(
  [
    'env sudo doas nohup nice ionice setsid stdbuf timeout time xargs exec busybox toybox chroot su-exec gosu',
    'find parallel flock strace unshare nsenter systemd-run docker podman kubectl start call',
  ].flatMap((names) => names.split(' ')),
);

function prefixes(name: string): string[] {
  return Array.from(name, (_, index) => name.slice(0, index + 1));
}
