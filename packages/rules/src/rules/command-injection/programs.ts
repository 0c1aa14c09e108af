import type { RuleSource } from '../../rule.ts';

/** Fragments of expressions: what a shell takes for a command, and how an injected one differs from prose. */

/** What may stand before a program's name: variables, launchers, and where programs of Unix lie. */
const LAUNCHED = String.raw`(?:[({!@'"]\s*)*(?:\w+=[^\s;&|]*\s+)?(?:(?:sudo|exec|nohup|command|busybox|eval|env|time|start|type|which|command\s+-v)\s+)?(?:/?(?:usr/|local/|opt/)*s?bin/|\.{1,2}/)?`;

/** Programs that tell of the machine and are called nothing else: they need no argument. */
const RECONNAISSANCE = String.raw`(?:whoami|uname|ifconfig|ipconfig|netstat|systeminfo|sysinfo|tasklist|printenv|hostname|hostnamectl|lsb_release|lscpu|lsblk|lsof|nproc|dmesg)(?:\.exe)?`;

/** The same with short names, which are also words. */
const LISTING = String.raw`(?:ls|id|pwd|dir|ps|df|env|ver|arp|vol)(?:\.exe)?`;

/** Other words that are commands without an argument. */
const WORD = String.raw`(?:w|who|last|date|uptime|history|mount|reboot|halt|poweroff|shutdown|set|calc|notepad|mspaint|explorer|cmd|powershell|sh|bash|route|export|top|make|exit|alias|jobs|logname|users|groups|tree|cls|logoff|driverquery|gpresult|qwinsta)(?:\.exe)?`;

/** Programs whose names are no words. */
const NAME = String.raw`(?:whoami|uname|ifconfig|ipconfig|netstat|lsof|getent|ls|ps|df|arp|tac|grep|egrep|wc|base64|base32|xxd|od|hexdump|wget|curl|lynx|nc|ncat|netcat|nc\.\w+|socat|telnet|ssh|scp|s?ftp|tftp|rsync|ping6?|traceroute|tracert|nslookup|(?:ba)?sh|zsh|dash|ksh|csh|busybox|python[\d.]*|perl|php\d?|[gm]?awk|sed|xargs|cp|mv|rm|mkdir|mkfifo|mknod|chmod|chown|chattr|killall|pkill|useradd|adduser|usermod|passwd|crontab|openssl|sudo|systemctl|iptables|docker|kubectl|git|npm|pip\d?|apt|apt-get|yum|apk|gcc|nmap|hping3|sqlmap|msfconsole|mailx|sendmail|tcpdump|ss|ip|dd|tar|sqlite3|mysql|mysqldump|psql|redis-cli|gdb|nsenter|unshare|chroot|systemd-run|setsid|taskset|ionice|strace|ltrace|tclsh|osascript|whois|zip|gzip|unzip|7z|java|mount|waitfor|tasklist|systeminfo|driverquery|gpresult|msiexec|msbuild|installutil|odbcconf|ieexec|cmstp|net1|netsh|reg|wmic|schtasks|certutil|bitsadmin|powershell|pwsh|mshta|rundll32|regsvr32|cscript|wscript|taskkill|icacls|attrib|findstr)(?:\.exe)?`;

/** Programs whose names are words: they need an argument that makes them programs. */
const AMBIGUOUS = String.raw`(?:id|dir|env|hostname|cat|nl|head|tail|less|more|find|sort|cut|strings|fetch|dig|host|ruby|node|lua|tee|touch|kill|su|service|sleep|timeout|type|copy|del|net|sc|cmd|who|last|date|mail|rev|paste|shutdown|route|set|echo|start|make|open|view|vi|vim|nano|ed|man|watch|strace|expect|at|batch|exec|source|export|cd|pushd|ren|md|rd|tree|choice|nice|flock|script|hh|print)(?:\.exe)?`;

/** White space, and what stands for it in a shell. */
const SPACE = String.raw`(?:\s|\$\{?IFS\}?(?:\$\d)?|<|\+)`;

/** An argument as attacks have it and prose has not: an option, a path, an address, a number at the end, a quoted word. */
const ARGUMENT = String.raw`(?:-{1,2}\w|/[\w?*.\[$]|/\s*(?:$|-)|\.{1,2}(?:/|\s*(?:$|[;&|]))|~(?:/|\s*$)|\d?[<>]{1,2}\s*[/\w&]|[a-z]:(?:\\|\s*(?:$|[;&|]))|\\\\\w|%\w+%|\$|\x60|(?:https?|ftp)://|\d{1,3}\.\d|\w+@\w|\d+\s*(?:$|[;|&#\x60"')])|['"]|\*|\w+=/|[\w-]+\.\w{1,5}\s*(?:$|[;|&#<>])|[\w.-]+\s*>)`;

/** A host's name. */
const HOST = String.raw`(?:[\w-]+\.)+[a-z]{2,}`;

/** No sentence goes on: the value ends, or the shell's punctuation is next. */
const END = String.raw`\s*(?:$|[;&#\x60<>)}'"\\]|\d>|\|\s*(?:$|['"|)]|(?:nc|sh|bash|grep|tee|base64|xargs|curl|wget|awk|sed|xxd)\b))`;

/** Windows's administration: a verb instead of an option. */
const ADMINISTRATION = String.raw`(?:net1?\s+(?:user|view|localgroup|group|share|use|start|stop|accounts)|netsh\s+\w+|reg\s+(?:add|query|save|export|delete)|sc\s+(?:query|create|config|stop)|schtasks|route\s+print|wmic\s+\w+)\b`;

/** Words of the shell's language. */
const KEYWORD = String.raw`(?:(?:time\s+)?if\s+(?:\[|test\s)|for\s+\w+\s+in\s+(?:\$|\x60|\{|/|\*)|while\s+(?:\[|true|:|read)|\[\s+\$|\$(?:0|shell|bash)\b\s*(?:<<<|-c\b)|ifs=|\.\s+[/~]|(?:\.{0,2}|~)/[\w./-]+\.(?:sh|py|pl|elf|bin|php|exe)\b|>{1,2}\s*/|\$\{?[a-z_]\w*\}?[ \t]+[-\w/]|\w+=\$'|:\(\)\s*\{)`;

const WITH_ARGUMENT = String.raw`(?:${NAME}|${AMBIGUOUS})${SPACE}+${ARGUMENT}|(?:wget|curl|ping6?|nslookup|dig|telnet|nc|ssh|ftp|traceroute|tracert|host)${SPACE}+(?:-\w+\s+)*${HOST}|${ADMINISTRATION}`;

/** A program with an argument that makes it a command. */
export const COMMAND = String.raw`${LAUNCHED}(?:${WITH_ARGUMENT})`;

/** A command between backticks, up to the second. */
export const QUOTED_COMMAND = String.raw`\x60\s*${LAUNCHED}(?:(?:${RECONNAISSANCE}|${LISTING})\s*|(?:${WITH_ARGUMENT}|(?:echo|printf|expr)\s)[^\x60]*|(?:sleep|timeout)\s+\d+\s*)\x60`;

/** Also one that needs no argument. */
export const ANY_COMMAND = String.raw`${LAUNCHED}(?:(?:${RECONNAISSANCE}|${LISTING})${END}|${WITH_ARGUMENT}|(?:echo|printf|expr)\s+\S)`;

/** What is a command where prose cannot be: after a separator that a value begins with. */
export const BROKEN_OUT = String.raw`(?:${ANY_COMMAND}|${WORD}(?:\(\))?\s*(?:$|[;&#\x60)'"])|/?(?:usr/)?(?:local/)?s?bin/\w|${KEYWORD})`;

/** The same after a separator that no table has: programs whose names are no words, with any argument. */
export const NAMED = String.raw`${NAME}\s+[\w./\\-]`;

/** One that reaches another machine, which scripts of builds do seldom. */
export const REMOTE = String.raw`${LAUNCHED}(?:wget|curl|nc|ncat|netcat|socat|telnet|ping6?|nslookup|dig|ssh|powershell)${SPACE}+(?:${ARGUMENT}|${HOST})`;

/** A program that is in no list, alone or with an argument. */
export const UNKNOWN = String.raw`[a-z][\w.-]+(?:\s*(?:$|[;&|#\x60])|\s+${ARGUMENT})`;

/** One that tells of the machine and is no word. */
export const RECONNAISSANCE_COMMAND = String.raw`${LAUNCHED}${RECONNAISSANCE}${END}`;

export function command(rule: Omit<RuleSource, 'type' | 'severity' | 'owasp' | 'cwe' | 'capec'>): RuleSource {
  return {
    ...rule,
    type: 'command_injection',
    severity: 'critical',
    owasp: 'A03:2021',
    cwe: '78',
    capec: '1000/152/248/88',
  };
}

/**
 * A word with what a shell takes away again between at least two of its letters: `c''at`, `w\ho"am"i`, `who$@ami`.
 * Attacks write so what a filter looks for, and nobody else does. `junk` is the expression of what is taken away.
 */
export function disguised(word: string, junk: string): string {
  const rest = word.slice(1);
  const loosely = [...rest].join(`(?:${junk})*`);
  const later = rest.length > 1 ? `|${disguised(rest, junk)}` : '';
  return `${word[0]}(?:(?:${junk})+${loosely}${later})`;
}
