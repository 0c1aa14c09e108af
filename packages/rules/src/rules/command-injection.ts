import { type RuleSource, VALUES_AND_HEADERS } from '../rule.ts';

/** Programs that attackers run first: they read, look around, fetch or open a shell. */
const PROGRAM = String.raw`(?:/(?:usr/)?(?:local/)?s?bin/)?(?:cat|tac|head|tail|less|more|nl|ls|dir|id|whoami|who|w|uname|hostname|pwd|ps|env|printenv|set|ifconfig|ip|netstat|ss|wget|curl|nc|ncat|netcat|socat|telnet|ping6?|nslookup|dig|host|bash|sh|zsh|dash|ksh|busybox|python[23]?|perl|ruby|php|node|lua|awk|gawk|sed|grep|find|xargs|tee|cp|mv|rm|touch|mkdir|chmod|chown|kill|killall|sleep|base64|base32|xxd|od|strings|openssl|crontab|at|systemctl|service|mkfifo|ssh|scp|ftp|tftp|sudo|su|expr|type|copy|del|ipconfig|systeminfo|tasklist|net|net1|wmic|certutil|bitsadmin|powershell|pwsh|cmd|reg)(?:\.exe)?`;
/** What follows a program in an attack and rarely in prose: an option, a path, a variable, another separator, or the end. */
const ARGUMENTS = String.raw`(?:\s*(?:$|[;|&<>#])|\s+(?:-{1,2}\w|/|[a-z]:\\|\.{1,2}/|~|\$|\d{1,3}\.|\d+\s*(?:$|[;|&])|https?:|['"][^'"]*['"]\s*(?:$|[;|&>#])))`;

const command = (rule: Omit<RuleSource, 'type' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'command_injection',
  cwe: '78',
  capec: '1000/152/248/88',
});

export const COMMAND_INJECTION: readonly RuleSource[] = [
  command({
    id: 'cmdi-chained-command',
    name: 'Command injection: a program after a separator of the shell',
    confidence: 'high',
    regex: String.raw`(?:[;|&]|^[^\n]*\n)\s*(?:\w+=\S*\s+)?${PROGRAM}\b${ARGUMENTS}`,
  }),
  command({
    id: 'cmdi-echo-probe',
    name: 'Command injection: an echo after a separator of the shell',
    confidence: 'high',
    regex: String.raw`(?:[;|\n]|&&|\|\||&)\s*(?:echo|printf|expr)\s+(?:-\w+\s+)?(?:(?:\d+(?:\s*[-*/]\s*|\s*\+\s*|\s+)\d+|['"]?\w+['"]?)\s*(?:$|[;|&>#])|['"]?[\w-]*\$\(\(?|\x60)`,
  }),
  command({
    id: 'cmdi-substitution',
    name: 'Command injection: a substituted command',
    confidence: 'high',
    regex: String.raw`(?:\$\(|<\(|>\()\s*(?:\w+=\S*\s+)?(?:${PROGRAM}|echo|printf)\b[^)]*\)`,
  }),
  command({
    id: 'cmdi-backtick-substitution',
    name: 'Command injection: a substituted command in backticks',
    confidence: 'medium',
    regex: String.raw`^[^\s\x60]*\x60\s*(?:${PROGRAM}|echo|printf)\b[^\x60]*\x60\S*$`,
  }),
  command({
    id: 'cmdi-reverse-shell',
    name: 'Command injection: a shell that calls back',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`/dev/(?:tcp|udp)/[\w.$]|\bn(?:et)?c(?:at)?(?:\.\w+)?\s+(?:-\w+\s+|[\w.:-]+\s+){0,4}-\w*[ec]\w*\s+\S*(?:sh|cmd)|\bbash\s+-i\b\s*[<>&0-9]|\bmkfifo\s+\S+\s*[;&]|\b(?:python[23]?|perl|ruby|php|node|lua)\s+-\w*[cer]\w*\s+['"]?.*(?:socket|fsockopen|net\.connect|TCPSocket)|\bsocat\b.*\bexec\b`,
  }),
  command({
    id: 'cmdi-download-and-run',
    name: 'Command injection: a download that is run',
    confidence: 'medium',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`\b(?:wget|curl|fetch|lwp-download)\b[^|;&\n]+(?:\|\s*(?:sudo\s+)?(?:ba|z|da|k|a)?sh\b|(?:;|&&?)\s*(?:chmod\s+\S+|(?:ba|da|z)?sh\s+\S|\./\S))`,
  }),
  command({
    id: 'cmdi-shell-obfuscation',
    name: 'Command injection: a command disguised by tricks of the shell',
    confidence: 'high',
    regex: String.raw`\$\{?IFS\b|\{(?:cat|ls|id|wget|curl|bash|sh|echo|ping|nc),[^}\s]+\}|/(?:\?{2,}|[a-z?*\[\]]*[?*][a-z?*\[\]]*)/(?:[a-z?*]*[?*][a-z?*]*)(?:\s|$)|(?:[;|&\x60(]|^)\s*[a-z]{1,4}(?:''|""|\\)[a-z]{1,6}(?:''|""|\\)?[a-z]{0,6}\s+[/\-$]|\$\{(?:PATH|HOME|PWD|SHELL)[:#%][^}]+\}|\brev\b\s*<<<|<<<\s*['"]?[A-Za-z0-9+/]{8,}`,
  }),
  command({
    id: 'cmdi-sensitive-file-read',
    name: 'Command injection: a program that reads a sensitive file',
    confidence: 'medium',
    regex: String.raw`\b(?:cat|tac|head|tail|less|more|nl|strings|base64|xxd|od|grep\s+\S+|cp|type|curl|wget)\b['"\\]*\s+(?:-\S+\s+(?:\d+\s+)?)*(?:file://)?['"]?(?:/[\w.?*/'"\\-]*(?:passwd|shadow|sudoers|id_rsa|environ|\.env|authorized_keys|hosts)|[a-z]:\\windows\\)`,
  }),
  command({
    id: 'cmdi-windows-shell',
    name: 'Command injection: a command of Windows',
    confidence: 'high',
    regex: String.raw`\bcmd(?:\.exe)?\s*/[ck]\b|\bpowershell(?:\.exe)?\b.*-(?:e(?:nc(?:odedcommand)?)?|nop(?:rofile)?|noni|w(?:indowstyle)?\s+hidden|ex(?:ec(?:utionpolicy)?)?\s+bypass)\b|\b(?:iex|invoke-expression)\s*[($]|\bdownload(?:string|file)\s*\(\s*['"]|\bcertutil(?:\.exe)?\s+.*-(?:urlcache|decode)|\bbitsadmin\s+/transfer`,
  }),
  command({
    id: 'cmdi-shellshock',
    name: 'Command injection: Shellshock',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`\(\s*\)\s*\{[^}]*;?\s*\}\s*;`,
  }),
];
