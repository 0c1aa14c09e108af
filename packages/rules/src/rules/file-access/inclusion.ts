/** Files that are run: wrappers of PHP, scripts of other hosts, and names that are cut. */
import { DEEPLY_DECODED, type RuleSource, VALUES, VALUES_AND_HEADERS } from '../../rule.ts';
import { ANYWHERE, FILE_NAMES, file, PARAMETERS } from './fragments.ts';

const remote = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'rfi',
  owasp: 'A03:2021',
  cwe: '98',
  capec: '1000/152/175/253/193',
});

/** Names of scripts that are put on servers to be run by others. */
const SHELL_NAME = String.raw`(?:shell|cmd|c99|c100|r57|wso\d*|b374k|alfa|webshell|backdoor|evil|exploit|rfi|payload|phpshell|reverse|rev|phpinfo|id|safe\d*|test)`;

export const INCLUSION: readonly RuleSource[] = [
  file({
    id: 'lfi-stream-wrapper',
    name: 'File inclusion: a stream wrapper of PHP',
    confidence: 'high',
    severity: 'critical',
    about:
      'The value begins with a wrapper that makes an inclusion read source code, unpack an archive or run a command. Text about PHP has it within sentences and code.',
    inputs: ANYWHERE,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`(?:^[\s"'/]*|^[\w./-]*[=:@|]\s*)(?:php:(?://|\\\\)(?:filter|input|fd|memory|temp|output|stdin)\b|(?:phar|zip|expect|glob|ogg|rar|compress\.(?:zlib|bzip2)|ssh2\.\w+)://\S|zlib:\S|data:(?://)?text/(?:plain|x-php|php)(?:;[^,]*)?,|data:[^,\s]*,\s*(?:pd9|<\?))`,
  }),
  file({
    id: 'lfi-filter-chain',
    name: 'File inclusion: a chain of filters of PHP',
    confidence: 'high',
    severity: 'critical',
    about:
      'Filters that convert between character sets or to base64, with the resource to read, or several of them in a row: the way to read source code, and to make code out of nothing.',
    inputs: VALUES_AND_HEADERS,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^[\s"']*convert\.(?:iconv\.[\w-]+[./*][\w-]|base64-(?:en|de)code|quoted-printable-(?:en|de)code)|php://filter/[^\s"']*(?:resource=|convert\.|string\.|zlib\.)|(?:convert\.(?:iconv\.[\w.-]+|base64-\w+)|string\.(?:rot13|strip_tags|toupper|tolower)|zlib\.(?:in|de)flate)[|/](?:convert\.|string\.|zlib\.|resource=)`,
  }),
  file({
    id: 'lfi-wrapper-within',
    name: 'File inclusion: a stream wrapper of PHP within a value',
    confidence: 'medium',
    severity: 'medium',
    about: 'The same within code or markup, where documentation of PHP has it too.',
    inputs: VALUES,
    regex: String.raw`[=>(]\s*["']?(?:php://(?:filter|input)|phar://\S|expect://\S|zip://\S+#)`,
  }),
  file({
    id: 'lfi-file-url',
    name: 'File access: a file URL as a parameter',
    confidence: 'high',
    severity: 'high',
    about:
      'A parameter is a URL of a file of the server: what asks other hosts for pages often reads files too. Browsers send no such URL.',
    inputs: PARAMETERS,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^[\s"'<]*(?:(?:url|local|view-source|jar|netdoc|unix)[:_]\s*)*file:(?:[\\/]{2}|[\\/.]*[\w%])`,
  }),
  file({
    id: 'lfi-file-url-value',
    name: 'File access: a file URL of the system as a value',
    confidence: 'high',
    severity: 'high',
    about:
      'The value is a URL of a file in a directory of the system. Editors send URLs of the projects that they have open, which lie elsewhere.',
    inputs: ANYWHERE,
    regex: String.raw`^[\s"'<]*(?:(?:url|local|view-source|jar|netdoc|unix)[:_]\s*)*(?:file|netdoc):[\\/]*(?:localhost|127\.0\.0\.1|\[::1\])?[\\/]*(?:\w:[\\/]+|c\|[\\/]*)?(?:etc|proc|sys|root|boot|dev|run|var/(?:log|run|lib)|windows|winnt|boot\.ini|inetpub)(?:[\\/]|\s*$)`,
  }),
  file({
    id: 'lfi-null-byte',
    name: 'File inclusion: a null byte that cuts a file name',
    confidence: 'high',
    severity: 'high',
    about:
      'A null byte ends a name for the system and not for the application that appended or checked its extension. It stands in no text.',
    inputs: [...VALUES, ...FILE_NAMES],
    transformers: ['urlDecodeUni'],
    regex: String.raw`\x00(?:\.\w{1,10}|[./\\][\w./\\-]*)?$|^\x00+[./\\]`,
  }),
  file({
    id: 'lfi-network-share',
    name: 'File access: a share of another Windows host',
    confidence: 'medium',
    severity: 'high',
    about:
      'A name that begins with two backslashes and a host makes Windows send its user’s credentials there, and may fetch a script. Offices name their shares like that too.',
    inputs: [...PARAMETERS, ...FILE_NAMES],
    regex: String.raw`^\s*\\\\(?:[?.]\\(?:[a-z]:|unc|globalroot)\\|[\w.-]+(?:@(?:ssl|\d+))?\\[\w$.-]+)`,
  }),
  remote({
    id: 'rfi-remote-script',
    name: 'Remote file inclusion: the address of a script as the value',
    confidence: 'medium',
    severity: 'critical',
    about:
      'The value is the address of a script or text on another host, as it would be included and run. Links to pages that end in `.php` look alike, so it is only reported.',
    inputs: PARAMETERS,
    regex: String.raw`^\s*(?:(?:https?|ftps?):)?//[^\s/?#]+/[^\s?#]+\.(?:txt|inc|php\d?|phtml|phar|phps|jsp)\?*$`,
  }),
  remote({
    id: 'rfi-cut-address',
    name: 'Remote file inclusion: an address that ends in a bare question mark, or names a shell',
    confidence: 'high',
    severity: 'critical',
    about:
      'A question mark after the address of a script turns what the application appends into a query. A script at a bare IP address or by FTP, or one with the name of a known shell, is no link either.',
    inputs: [...VALUES],
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^\s*(?:(?:https?|ftps?)://[^\s?#]+\.(?:txt|inc|php\d?|phtml|gif|jpe?g|png|dat)\?+$|(?:ftps?|https?://\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?)(?:://[^\s?#]+)?/[^\s?#]*\.(?:txt|inc|php\d?|phtml|phar|sh|pl)\?*$|(?:https?|ftps?)://[^\s?#]+/${SHELL_NAME}\.(?:txt|php\d?|phtml|gif|jpe?g|inc)\?*$|(?:https?:|ftp:)?\\\\[\w.-]+\\[^\s]+\.(?:php\d?|txt|inc|phtml))`,
  }),
];
