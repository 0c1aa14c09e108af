import { DEEPLY_DECODED, type RuleSource } from '../../rule.ts';
import { command, disguised } from './programs.ts';

/** What a shell of Unix takes away: quotes that hold nothing, backslashes, parameters that are not set. */
const EMPTY = String.raw`['"\\\x60]|\$[@*!_\d]|\$[({][@*!\w]?\w?[)}]`;

const DISGUISED = ['whoami', 'wget', 'curl', 'bash', 'uname', 'perl', 'passwd', 'sleep']
  .map((word) => disguised(word, EMPTY))
  .join('|');

/** A directory or file with `?`, `*` or `[…]` in place of some of its letters. */
function globbed(word: string): string {
  const wildcard = String.raw`(?:\?|\[[^\]\s/]{1,3}\])`;
  const rest = word.slice(1);
  if (rest === '') return String.raw`(?:${wildcard}|\*)`;
  const loosely = [...rest].map((letter) => `(?:${letter}|${wildcard})`).join('');
  return String.raw`(?:${wildcard}${loosely}|${word[0]}(?:${globbed(rest)}|\*${rest.at(-1)}))`;
}

export const OBFUSCATED: readonly RuleSource[] = [
  command({
    id: 'cmdi-field-separator',
    name: 'Command injection: the variable IFS in place of a space',
    confidence: 'high',
    about:
      "Where spaces are filtered, `$IFS` stands for one: glued to a program's name. Scripts that set it have it alone or in quotes.",
    regex: String.raw`[a-z\d?*]['"]?\$\{?ifs\b|\$\{?ifs\}?(?:\$\d|[/?~]|-[a-z])|\$\{ifs[%#:?]`,
  }),
  command({
    id: 'cmdi-brace-expansion',
    name: 'Command injection: a command in braces, without a space',
    confidence: 'high',
    about:
      'Braces that a shell expands to a command line: `{cat,/etc/passwd}`. In code names follow each other in braces, not options and paths.',
    regex: String.raw`\{['"]?(?:/bin/)?(?:cat|tac|ls|id|wget|curl|ba?sh|sh|echo|ping|nc|ncat|uname|find|grep|base64|head|tail|less|more|python\d?|perl|rm|touch|sleep|nslookup)['"]?,(?:['"]?(?:/\w|-{1,2}[a-z]\w*[,}]|~/|https?:|\d{1,3}\.\d|\d+\}|\$)|[a-z\d+/]{12,}=*\})[^\s}]*`,
  }),
  command({
    id: 'cmdi-disguised-word',
    name: "Command injection: a program's name with quotes, backslashes or empty variables in it",
    confidence: 'high',
    about:
      "A shell takes quotes, backslashes and variables that are not set out of a word, a filter does not: `c''at`, `w\\ho$@ami`. Contractions and quoted words have no such places.",
    regex: String.raw`(?:^|[\s;|&(\x60={,/\\'"])(?:(?:${DISGUISED})(?:$|[\s;|&)\x60,}<'"\\])|${disguised('cat', EMPTY)}(?:\s+|\$|<)['"]?[/$~.*?-]|(?:${disguised('ls', EMPTY)}|${disguised('nc', EMPTY)})\s+-\w)|(?:^|[;|&(\x60])\s*(?:i(?:''|""|\\|\$@|\$\*)+d|l(?:''|""|\\|\$@|\$\*)+s)\b\s*(?:$|[;|&)\x60])`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  command({
    id: 'cmdi-globbing',
    name: 'Command injection: a path of the system with wildcards in its names',
    confidence: 'high',
    about:
      'A shell finds `/bin/cat` also as `/b?n/c?t` or `/???/??t`. Patterns of globs, routes and schedules do not replace letters of these directories.',
    regex: String.raw`/(?:${['bin', 'usr', 'etc', 'dev'].map(globbed).join('|')})/(?:['"]?[a-z]|\?*[a-z]|\?+[?\s]|\*[a-z]+|\[[a-z])|/(?:usr/)?s?bin/(?:[a-z]+[?*][a-z?*]*[a-z?]|[?][a-z?*]+|\*[a-z])|/etc/(?:[a-z]+\?[a-z?]*[a-z]|\?[a-z?]+|pas\*|sha\*|p\*d|pass[?*]\S*)|/e(?:tc)?/['"]?p[a\\'"?*]*[s\\'"?*]*[?*'"\\][s\\'"?*]*w?d?\b`,
  }),
  command({
    id: 'cmdi-variables',
    name: 'Command injection: a command put together from variables',
    confidence: 'high',
    about:
      'Letters are cut out of variables that every shell has, such as `PATH`, or set in pieces that are run side by side. Scripts cut variables of their own.',
    regex: String.raw`\$\{(?:path|home|pwd|oldpwd|shell|shellopts|bash|bash_\w+|ls_colors|hostname|user|logname|term|lang|mail|_)(?::~?\s*-?\d|%%[a-z?]\S*\}|\#\#\*[a-z]\})|=['"]?[\w/.-]+['"]?\s*[;&]+\s*(?:\w+=['"]?[\w/.-]+['"]?\s*[;&]+\s*)+\$\{?\w+\}?\$\{?\w|=['"]?(?:whoami|id|cat|ls|uname|/etc/\w+)['"]?\s*[;&]+\s*\$\{?\w+\}?\s*$|\$\{\w+(?:,,|\^\^)\}|\$\{!\#\}|\$\{\#\#\}`,
  }),
  command({
    id: 'cmdi-decoded-and-run',
    name: 'Command injection: a command that is decoded and run',
    confidence: 'high',
    about:
      'Text that is decoded from base64, hexadecimal or backwards and handed to a shell. Documentation decodes to files or to the screen.',
    regex: String.raw`\b(?:base(?:64|32)|openssl\s+(?:enc|base64))['"\\]*[\s,$][^|;&\n]*-{1,2}d(?:ecode)?\b[^|;&\n]*\|\s*[\w\s./]*\b(?:ba|z|da|k|a)?sh\b|\b(?:xxd|hexdump)\s+(?:-\w\s*)*-?r\b[^|;&\n]*\|\s*(?:/bin/)?(?:ba|z|da)?sh\b|\brev\b\s*<<<|\brev\s*\|\s*(?:/bin/)?(?:ba)?sh\b|\b(?:ba|z|da)?sh\s*<<<|\$\(\s*(?:rev|xxd|base64|tr|printf|echo\s+-\w*e)\b[^)]*<<<|(?:^|[;|&(\x60$\s])\$'(?:\\(?:x[\da-f]{2}|[0-7]{3}|u[\da-f]{4}))+|\b(?:printf|echo\s+-\w*e\w*)\s+['"]?(?:\\{1,2}(?:x[\da-f]{2}|0?[0-7]{3})){2,}['"]?\s*(?:\|\s*(?:/bin/)?(?:ba)?sh|\)\s*(?:$|[\s;|&/-])|\x60)|\beval\s+['"]?(?:\$\(|\x60)\s*(?:(?:base64|curl|wget|xxd)\b|(?:echo|printf)\b[^)\x60\n]*\|\s*(?:base64|xxd|rev|tr|openssl)\b)|\btr\s+['"]?\[?a-z\]?['"]?\s+['"]?\[?(?:a-z|n-za-m)\]?['"]?\s*<<<|\bpython[\d.]*\s+-c\s+.*\b(?:b64decode|exec|os\.system|subprocess|__import__)|\bperl\s+-\w*e\s+.*\b(?:system|exec)\b|\bphp\s+-r\s+.*\b(?:system|exec|passthru|base64_decode)\b|\bruby\s+-\w*e\s+.*\b(?:exec|system|%x|\x60)|\bnode\s+-e\s+.*child_process`,
  }),
];
