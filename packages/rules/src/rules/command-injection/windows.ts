import { type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { ANY_COMMAND, command, disguised } from './programs.ts';

/** What cmd.exe takes away. */
const CARET = String.raw`\^|""`;

const disguise = (...words: string[]) => words.map((word) => disguised(word, CARET)).join('|');
const DISGUISED = disguise('whoami', 'powershell', 'certutil', 'ipconfig', 'ping', 'calc');
const DISGUISED_WORD = disguise('type', 'net', 'dir', 'cmd', 'echo', 'set', 'for', 'copy', 'start');

/** A value begins so, or a command has ended. */
const BEGINNING = String.raw`(?:^[^a-z#]*|[;|&("']\s*)`;

export const WINDOWS: readonly RuleSource[] = [
  command({
    id: 'cmdi-cmd-exe',
    name: 'Command injection: cmd.exe that is handed a command',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      '`cmd /c` with a program that looks around or fetches. Configuration of tools has it with launchers such as npx.',
    regex: String.raw`\bcmd(?:\.exe)?["']?\s*(?:/\w(?::\w+)?\s+)*/[ckrv](?:\s*["'(]\s*|\s+|[+,;=]+)(?:${ANY_COMMAND}|calc|set\s|start\s|copy\s|for\s)`,
  }),
  command({
    id: 'cmdi-powershell',
    name: 'Command injection: PowerShell with a hidden or encoded command',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'A command in base64, a hidden window, or a script from a bare address. Installers are documented with `-ExecutionPolicy Bypass` and a host name, which is only reported.',
    regex: String.raw`\b(?:powershell|pwsh)(?:\.exe)?\b.*-(?:e(?:c|nc(?:odedcommand)?)?\s+['"]?[a-z\d+/]{16}|w(?:in(?:dowstyle)?)?\s+(?:hidden|1\b)|nop\w*\s.*-(?:w|noni|sta|enc|e|c)\b)|${BEGINNING}(?:powershell|pwsh)(?:\.exe)?[ \t]+(?:-\w+\s+(?:bypass\s+|hidden\s+)?)*(?:-c(?:ommand)?\s|["'&{]|get-|invoke-|iex\b|iwr\b|start-|set-|whoami|ls\b|dir\b)|\b(?:iex|invoke-expression)\b[\s(]*(?:\(|\$|new-object|iwr|irm|invoke-)[^\n]*\b\d{1,3}(?:\.\d{1,3}){3}\b|\bnew-object\s+(?:system\.)?net\.(?:webclient|sockets\.tcpclient)\b[^\n]*\b\d{1,3}(?:\.\d{1,3}){3}\b|\bnet\.sockets\.tcpclient\s*\(|\[(?:system\.)?diagnostics\.process\]::start\s*\(|(?:^[^a-z#]*|[;|&]\s*)(?:iex|invoke-expression)[\s(]+(?:\(|\$|new-object|iwr|irm|invoke-)|\[(?:system\.)?convert\]::frombase64string\([^\n]*\|\s*iex`,
  }),
  command({
    id: 'cmdi-powershell-download',
    name: 'Command injection: a download that PowerShell runs',
    confidence: 'medium',
    inputs: VALUES_AND_HEADERS,
    about: 'Installers are documented so too: this is only reported.',
    regex: String.raw`\b(?:iex|invoke-expression)\s*[("$]*.*\b(?:downloadstring|iwr|irm|invoke-webrequest|invoke-restmethod)\b|\b(?:iwr|irm|invoke-webrequest|invoke-restmethod)\b.*\|\s*(?:iex|invoke-expression)\b|^[^a-z]*(?:start-process|get-content|get-childitem|get-process|get-wmiobject|get-ciminstance|invoke-\w+|set-content|new-item|remove-item|copy-item|out-file|add-type)(?:\s+(?:[-'"$/|]|[a-z]:\\)|\s+[\w.]+\s*$|\s*[|;])|\[(?:system\.)?convert\]::frombase64string\s*\(|\.download(?:string|file|data)\s*\(\s*['"]|\b(?:powershell|pwsh)(?:\.exe)?\b.*-(?:ep|ex(?:ec(?:utionpolicy)?)?)\s+(?:bypass|unrestricted)`,
  }),
  command({
    id: 'cmdi-windows-obfuscated',
    name: 'Command injection: a command disguised by tricks of cmd.exe',
    confidence: 'high',
    about:
      'Carets and empty quotes within a name, letters cut out of variables that every Windows has, or the lines of a command run one by one: `w^h^o^a^m^i`, `%COMSPEC:~-7,3%`, `for /f`.',
    regex: String.raw`(?:^|[\s;|&("'/\\])(?:${DISGUISED})(?:$|[\s;|&)"'./])|[;|&]\s*(?:${DISGUISED_WORD})(?:$|[\s;|&)"'./])|%(?:comspec|programfiles|systemroot|windir|path|pathext|os|public|temp|tmp|appdata|userprofile|allusersprofile|commonprogramfiles\w*|programdata)(?:\(x86\))?:~?[-\d*]|(?:^[^a-z]*|[;|&\x60]\s*)for\s+/f\s+(?:\S+\s+)*%{1,2}\w\s+in\s*\(\s*(?:'|\x60)\s*(?:${ANY_COMMAND}|wmic|set|find)|${BEGINNING}set\s+\w{1,3}=\S+\s*&+\s*(?:set|call|echo|%)|&&?\s*call\s+%\w+%|![\w]+:~\d`,
  }),
  command({
    id: 'cmdi-windows-tool',
    name: "Command injection: one of Windows's programs that fetches or runs others",
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'Programs that every Windows has and that attackers use to fetch, run or stay: certutil, bitsadmin, mshta, rundll32, regsvr32, wmic, schtasks, net user with `/add`.',
    regex: String.raw`\bcertutil(?:\.exe)?["']?\s+.*[-/](?:urlcache|verifyctl|ping)\b|\bbitsadmin(?:\.exe)?\s+(?:/\w+\s+)*/(?:transfer|create|addfile)\b|\bmshta(?:\.exe)?["']?\s+["']?(?:https?:|vbscript:|javascript:|\\\\)|\brundll32(?:\.exe)?["']?\s+(?:javascript:|\\\\|\S+\.dll\s*,|url\.dll)|\bregsvr32(?:\.exe)?\s+.*/i:|\bwmic(?:\.exe)?\s+.*\bcall\s+create\b|\bwmic(?:\.exe)?\s+.*/format:\s*["']?https?:|\bmsiexec(?:\.exe)?\s+.*/i\s+["']?https?:|\bschtasks(?:\.exe)?\s+.*/create\b.*/tr\b|\bnet1?\s+(?:user|localgroup)\s+\S+(?:\s+\S+)?\s+/add\b|\bsc\s+create\s+\S+\s+binpath=|\b(?:cscript|wscript)(?:\.exe)?\s+.*//e:|\bforfiles\s+.*/c\s|\bpcalua(?:\.exe)?\s+-a\b|\bvssadmin\s+delete\b|\bnetsh\s+(?:adv)?firewall\s+set\b|\breg\s+(?:add|save)\s+["']?hk(?:lm|cu|ey_\w+)\\.*(?:\\run\b|terminal server|\\sam\b|image file execution|/f\b)|[;|&]\s*(?:type|copy|more)\s+%(?:systemroot|windir)%|\b\\repair\\(?:sam|system)\b`,
  }),
];
