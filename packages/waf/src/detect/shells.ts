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
  /** `posix`: `-c`, `--command=x`, letters may be joined. `windows`: `-Command`, `/c`, in any case. */
  readonly style: 'posix' | 'windows';
  /** All arguments from the command on are the command. */
  readonly takesRest: boolean;
}

const posix = (shell: Partial<Shell> = {}): Shell => ({
  commandOptions: ['c'],
  commandFollowsOption: false,
  optionIsOptional: false,
  otherModes: [],
  optionsWithValue: ['o'],
  style: 'posix',
  takesRest: false,
  ...shell,
});

/** PowerShell takes any prefix of an option's name that is not another's. */
const powershell = (shell: Partial<Shell> = {}): Shell => ({
  commandOptions: ['commandwithargs', 'cwa', ...prefixes('command')],
  commandFollowsOption: true,
  optionIsOptional: false,
  otherModes: ['file', 'f', 'encodedcommand', 'enc', 'ec', 'e'],
  optionsWithValue: [
    ...['executionpolicy', 'ep', 'ex', 'version', 'v', 'windowstyle', 'w', 'workingdirectory', 'wd'],
    ...['inputformat', 'outputformat', 'configurationname', 'configurationfile', 'psconsolefile'],
  ],
  style: 'windows',
  takesRest: true,
  ...shell,
});

const bash = posix({ optionsWithValue: ['O', 'o', 'init-file', 'rcfile'] });
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
  cmd: {
    commandOptions: ['c', 'k', 'r'],
    commandFollowsOption: true,
    optionIsOptional: false,
    otherModes: [],
    optionsWithValue: [],
    style: 'windows',
    takesRest: true,
  },
};

/** Programs that run the command in their own arguments: `env A=1 sh -c …`, `busybox sh -c …`. */
export const WRAPPERS: ReadonlySet<string> = new Set(
  'env sudo doas nohup nice ionice setsid stdbuf timeout time xargs exec busybox toybox chroot su-exec gosu'.split(
    ' ',
  ),
);

function prefixes(name: string): string[] {
  return Array.from(name, (_, index) => name.slice(0, index + 1));
}
