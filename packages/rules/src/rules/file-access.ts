import { RAW_URI, type RuleSource, VALUES, VALUES_AND_HEADERS } from '../rule.ts';

const UP = String.raw`(?:\.{2,4}[;\\/]+|\.\.(?:%c0%af|%c1%9c|%255c|%252f))`;

const file = (rule: Omit<RuleSource, 'type' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'lfi',
  cwe: '22',
  capec: '1000/255/153/126',
});

export const FILE_ACCESS: readonly RuleSource[] = [
  file({
    id: 'lfi-traversal',
    name: 'Path traversal: several steps up at the start of a value',
    confidence: 'high',
    regex: String.raw`^(?:[\w./\\:-]*[/\\])?["']?${UP}{2,}`,
  }),
  file({
    id: 'lfi-traversal-within',
    name: 'Path traversal: many steps up within a value',
    confidence: 'medium',
    regex: String.raw`(?:[\\/=:"'\s(]|^)${UP}{3,}`,
  }),
  file({
    id: 'lfi-encoded-traversal',
    name: 'Path traversal: encoded steps up in the address',
    confidence: 'high',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`(?:%(?:25)*2e|%c0%ae|%e0%80%ae|%uff0e|%u002e){2}(?:%(?:25)*(?:2f|5c)|%c0%af|%c1%9c|%u2215|%u2216|[/\\])|\.\.(?:%(?:25)*(?:2f|5c)|%c0%af|%c1%9c|%u2215|%u2216)|/\.\.(?:[;/\\]|$)`,
  }),
  file({
    id: 'lfi-unix-file',
    name: 'Path traversal: a sensitive file of Unix as the value',
    confidence: 'high',
    regex: String.raw`^[\w:./\\*?-]*(?:/etc/+(?:\./)*(?:passwd-?|g?shadow-?|group-?|master\.passwd|sudoers|issue|crontab|fstab|hosts(?:\.allow|\.deny)?|hostname|resolv\.conf|ssh/|apache2?/|httpd/|nginx/|mysql/|my\.cnf|php\d?/|ssl/private|kubernetes/)|/proc/+(?:self|thread-self|\d+|version|cpuinfo|mounts|net)(?:/(?:environ|cmdline|maps|fd|status|root|cwd|exe|mem|stat|mounts|tcp|arp|fib_trie))?|/var/log/[\w./-]+|/var/run/secrets/|/root/\.\w+|/\.ssh/(?:id_\w+|authorized_keys|known_hosts|config)|\.(?:bash|zsh|mysql|psql)_history|/\.aws/credentials|/\.docker/config\.json|/\.kube/config)`,
  }),
  file({
    id: 'lfi-windows-file',
    name: 'Path traversal: a sensitive file of Windows',
    confidence: 'high',
    regex: String.raw`(?:[a-z]:|%\w+%|\.\.|^)[\\/]+(?:windows|winnt)[\\/]+(?:system32[\\/]+(?:drivers[\\/]+etc|config|inetsrv)|system\.ini|win\.ini|repair|php\.ini|debug[\\/])|[\\/](?:boot|win|system)\.ini$|[a-z]:[\\/]+(?:inetpub|xampp|wamp|documents and settings)[\\/]`,
  }),
  file({
    id: 'lfi-stream-wrapper',
    name: 'File inclusion: a stream wrapper of PHP or a file URL',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`(?:^|[=\s"'(,|])(?:php://(?:filter|input|fd|memory|temp|output|stdin)|phar://|zip://|expect://|glob://|ogg://|rar://|ssh2\.\w+://|compress\.(?:zlib|bzip2)://|data://?text/plain[;,]|file:/{1,3}(?:etc|proc|var|home|root|usr|[a-z]:|c\|))`,
  }),
  file({
    id: 'lfi-null-byte',
    name: 'File inclusion: a null byte that cuts a file name',
    confidence: 'high',
    transformers: ['urlDecodeUni'],
    regex: String.raw`\x00\.?\w{0,10}$|[\w/]\x00\.(?:html?|php|jpe?g|png|gif|txt|pdf)`,
  }),
  {
    id: 'rfi-remote-script',
    name: 'Remote file inclusion: the address of a script as the value',
    type: 'rfi',
    confidence: 'medium',
    cwe: '98',
    capec: '1000/152/175/253/193',
    inputs: VALUES,
    regex: String.raw`^\s*(?:https?|ftps?)://[^\s?#]+(?:\.(?:txt|inc|php\d?|phtml|phar)|/(?:shell|cmd|c99|r57)(?:\.\w+)?)(?:\?+|%00|\x00)?$`,
  },
];
