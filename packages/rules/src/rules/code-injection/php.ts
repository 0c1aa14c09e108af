import { KEYS, RAW_URI, type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { codeInjection } from './code.ts';

const php = codeInjection('php_code_injection', '1000/225/122/17/650');

/** Functions that run programs or code, or lay files. */
const RUNS = String.raw`(?:system|exec|shell_exec|passthru|popen|proc_open|pcntl_exec|eval|assert|create_function|call_user_func(?:_array)?|array_map|array_filter|usort|register_shutdown_function|preg_replace_callback|phpinfo|phpversion|file_put_contents|move_uploaded_file|gzinflate|gzuncompress|str_rot13|show_source|highlight_file|readfile|scandir|ini_set|set_time_limit|unserialize|ob_start|putenv|dl)`;
/** Those, and others of an injection's first tries. */
const TRIES = String.raw`(?:${RUNS}|file_get_contents|fopen|fwrite|fputs|print_r|var_dump|var_export|print|printf|echo|die|exit|md5|sha1|sleep|usleep|base64_decode|hexdec|chr|getenv|get_defined_vars|glob|unlink|error_reporting)`;
/** What follows the bracket of such a call: text, or another call that makes some. */
const TEXT = String.raw`(?:['"$\x60]|__\w+__|info_|array\(|(?:base64_decode|chr|hex2bin|file_get_contents|scandir|glob|getenv|current|end|next|array_\w+|implode|join|strrev|str_rot13|hexdec|dechex|md5|session_id|getallheaders|get_defined_vars|eval|system|exec)\()`;
const REQUEST = String.raw`\$_(?:get|post|request|cookie|server|files|session|env)\b`;

export const PHP: readonly RuleSource[] = [
  php({
    id: 'php-open-tag',
    name: 'PHP injection: an opening tag and a call that runs something',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'On one line with the tag, or on the next: a function that runs programs or code, a variable that carries the request, or backticks. Code that people post begins with comments, namespaces and uses.',
    regex: String.raw`<\?(?:php\b|=)?\s*(?:[^?\n]*[\s;({=@."'/])?(?:@?(?:${RUNS}|file_get_contents|fopen|fwrite|fputs|copy|unlink)\s*\(|${REQUEST}|\x60[^\x60\n]+\x60|eval\s|(?:include|require)(?:_once)?\s*\(?\s*['"]?(?:https?|php|data|\$))|<\?(?:php\s+|=)\s*@?(?:echo|print|die|md5|exit|print_r|var_dump)\s*\(?\s*(?:['"]?[\w-]+['"]?|\d+\s*[-*+]\s*\d+|md5\(['"\w]*\))\s*\)?\s*;?\s*\?>|<script\s+language\s*=\s*["']?php`,
  }),
  php({
    id: 'php-open-tag-anywhere',
    name: 'PHP injection: the value is PHP',
    confidence: 'medium',
    inputs: VALUES_AND_HEADERS,
    about:
      'The value is one line that begins with an opening tag. Where people post code it may be, too: only reported.',
    regex: String.raw`^[^\w<]*<\?(?:php\b|=|\s+(?:echo|print|\$))[^\n]*$|^gif8\da?.*<\?`,
  }),
  php({
    id: 'php-superglobal',
    name: 'PHP injection: a variable that carries the request is run, or is all of the value',
    confidence: 'high',
    about:
      'The request within a call that runs it, as its own function, or at the beginning of the value. Code that people post reads requests in the middle, into variables.',
    regex: String.raw`\b${RUNS}\s*\(\s*@?(?:\w+\(\s*)?\$\{?['"]?_(?:get|post|request|cookie|server)\b|^[^a-z]*(?:@?(?:print|echo|eval|include|require)\s*\(?\s*)?\$\{?['"]?_(?:get|post|request|cookie|server|files|session|env)['"}]*\s*[\[{]|${REQUEST}\s*\[[^\]]*\]\s*\(|\$\{['"]_(?:get|post|request)|^[^a-z\n]*\$globals\s*\[|\$http_(?:raw_post_data|(?:get|post|cookie)_vars)`,
  }),
  php({
    id: 'php-function-call',
    name: 'PHP injection: the value is a call that runs code or commands',
    confidence: 'high',
    about:
      'A call at the beginning, after signs that end what stands before it: `;system(…)`. Prose and code have words before.',
    regex: String.raw`^[^a-z]*@?(?:${RUNS}\s*\(\s*${TEXT}|(?:phpinfo|phpversion|get_defined_vars|getenv)\s*\(\s*\))|^[^a-z]*[;{$|&'".:][^a-z]*${TRIES}\s*\(\s*(?:[\d)]|${TEXT})|^[^a-z]*(?:print_r|var_dump|var_export|die|exit|print|echo)\s*\(?\s*@?(?:${RUNS}|file_get_contents|md5|getenv|glob|base64_decode)\s*\(|['"]\s*\.\s*@?${TRIES}\s*\(.*\)\s*\.\s*['"]|\$\{@?(?:phpinfo|system|passthru|shell_exec|print|eval|exec)\s*\(\s*['"$\x60)]`,
  }),
  php({
    id: 'php-function-call-anywhere',
    name: 'PHP injection: a call that runs code or commands',
    confidence: 'medium',
    about: 'The same within a text, where code that people post has it too: only reported.',
    regex: String.raw`\b(?:passthru|shell_exec|proc_open|pcntl_exec|create_function|gzinflate|gzuncompress|move_uploaded_file|phpinfo|show_source|highlight_file)\s*\(\s*(?:['"$\x60)]|base64_decode|hex2bin|chr\()|\b(?:eval|assert|system)\s*\(\s*(?:base64_decode|gzinflate|str_rot13|hex2bin|\$_|chr\()`,
  }),
  php({
    id: 'php-obfuscated',
    name: 'PHP injection: a function whose name is put together',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'A name made of pieces, of numbers or of inverted bits is called, or text that was packed is run. Code that people write calls functions by their names.',
    regex: String.raw`\(\s*["'][\w\\]{1,12}["']\s*\.\s*["'][\w\\]{1,12}["']\s*(?:\.\s*["'][\w\\]{1,12}["']\s*)*\)\s*\(|(?:\bchr\s*\(\s*(?:0x)?[\da-f]+\s*\)\s*\.\s*){2}chr\b|\(~["']?[^\x00-\x7f]|\$\w+\s*=\s*['"]\w*["']\s*\.\s*['"]\w*['"]\s*;\s*@?\$\w+\s*\(|\beval\s*\(\s*@?(?:gzinflate|gzuncompress|base64_decode|str_rot13|strrev|rawurldecode|hex2bin|pack)\s*\(|\b(?:gzinflate|str_rot13)\s*\(\s*base64_decode|\$\{["'](?:\\x|_?\w*["']\s*\.\s*["']\w*["']\s*\}\s*[\[(])|["'](?:\\x[\da-f]{2}){3,}["']\s*\(|\(\s*["'](?:\\x[\da-f]{2}|\\[0-7]{2,3}){3,}["']\s*\)\s*\(|\[["'](?:system|exec|passthru|assert|phpinfo)["']\s*(?:,[^\]]*)?\]\s*(?:\[\d\]|\{\d\})?\s*\(|\(\s*["'](?:system|exec|shell_exec|passthru|assert|phpinfo|print_r)["']\s*\)\s*\(|\bnew\s+reflectionfunction\s*\(|\bpreg_replace\s*\(\s*["']([/#~])?[^"']*[/#~]\w*e\w*["']|\$_\s*=\s*\[\s*\]\s*[;.]|\$_\s*\.?=\s*['"@"]+\$_`,
  }),
  php({
    id: 'php-serialized-object',
    name: 'PHP injection: a serialised object',
    confidence: 'high',
    cwe: '502',
    inputs: VALUES_AND_HEADERS,
    about:
      'An object as `serialize` writes it, also in base64: reading it calls its methods. Arrays and strings, which applications send, are left alone.',
    regex: String.raw`(?:^|[;|&{}"'\s=:])[oc]:[+\s]?\d{1,4}:\\?"[\w\\]+\\?":[+\s]?\d{1,4}:\{`,
  }),
  php({
    id: 'php-serialized-object-base64',
    name: 'PHP injection: a serialised object in base64',
    confidence: 'high',
    cwe: '502',
    inputs: VALUES_AND_HEADERS,
    caseSensitive: true,
    about: 'How `O:` with a length and a quote begins in base64.',
    regex: String.raw`(?:^|[^\w+/])Tzo[w-z0-5](?:OiJ|[MNO][DTjz]oi)`,
  }),
  php({
    id: 'php-configuration',
    name: 'PHP injection: directives of the configuration',
    confidence: 'high',
    inputs: [...RAW_URI, ...VALUES_AND_HEADERS],
    about:
      'Options of the PHP program in an address, as its CGI took them (`-d`, also with a soft hyphen), or a directive that is the value. A page about php.ini has words around it.',
    regex: String.raw`(?:^|[\s+?&"'-]|%ad|\xad)d?[\s+]*(?:allow_url_include|auto_(?:pre|ap)pend_file|disable_functions|open_basedir|suhosin\.simulation|cgi\.force_redirect|cgi\.redirect_status_env)(?:\s*=|%3d)\s*['"]?(?:on\b|1\b|0\b|off\b|php:|data:|/|http|none|%22|$)`,
  }),
  php({
    id: 'php-framework-call',
    name: 'PHP injection: a framework is made to call a function',
    confidence: 'high',
    inputs: [...RAW_URI, ...VALUES_AND_HEADERS],
    about: 'Routes and parameters by which ThinkPHP, Laravel and vBulletin were made to call any function.',
    regex: String.raw`\bthink(?:\\|%5c|/)+(?:app|container|request|view|template)\b.*(?:invoke|function|display|input)|\binvokefunction\b|\bcall_user_func_array\b.*\bvars\b|facade(?:\\|%5c)+ignition(?:\\|%5c)+solutions|\bajax/render/widget_php\b|\bwidgetconfig\[code\]|\bviewfile\b.*phar:|\b_method=__construct\b`,
  }),
  php({
    id: 'php-render-array',
    name: 'PHP injection: a field that makes Drupal call a function',
    confidence: 'high',
    // libddwaf reads keys only of every input that follows one with keys_only: the address comes first.
    inputs: [...RAW_URI, ...KEYS],
    transformers: ['urlDecodeUni'],
    about: 'Names of fields with `#` are properties of render arrays, some of which name a function.',
    regex: String.raw`(?:^|\[|/)#(?:post_render|pre_render|lazy_builder|access_callback|markup|type|value|default_value|submit|validate|process|after_build|element_validate)\b`,
  }),
];
