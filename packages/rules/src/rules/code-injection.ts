import { KEYS, RAW_URI, type RuleSource, VALUES_AND_HEADERS } from '../rule.ts';

type Parts = Omit<RuleSource, 'type' | 'cwe' | 'capec'>;
const javascript = (rule: Parts): RuleSource => ({
  ...rule,
  type: 'js_code_injection',
  cwe: '94',
  capec: '1000/152/242',
});

export const JAVASCRIPT: readonly RuleSource[] = [
  javascript({
    id: 'js-child-process',
    name: 'JavaScript injection: a module that runs programs or reads files is loaded and used',
    confidence: 'high',
    regex: String.raw`\b(?:require|import|getbuiltinmodule|_load)\s*\(\s*['"\x60](?:node:)?(?:child_process|fs|vm|worker_threads|os|net|module|cluster|repl)['"\x60]\s*\)\s*\)*\s*(?:\.|\[)\s*['"\x60]?\w`,
  }),
  javascript({
    id: 'js-process-internals',
    name: 'JavaScript injection: the internals of the process',
    confidence: 'high',
    regex: String.raw`\b(?:global(?:this)?|process|root)['"\x60\]\s]*(?:\.|\[\s*['"\x60])\s*(?:process['"\x60\]\s]*\.\s*)?(?:mainmodule|binding|dlopen|_linkedbinding|reallyexit)|^[\s;'"()+,]*(?:global(?:this)?\.)?process\.(?:exit|kill|abort)\s*\(|\bprocess\.env\b\s*[)\]}]`,
  }),
  javascript({
    id: 'js-function-constructor',
    name: 'JavaScript injection: code through a constructor',
    confidence: 'high',
    regex: String.raw`\bconstructor['"\x60]?\s*\]?\s*(?:\.|\[\s*['"\x60])\s*constructor\b|\bconstructor['"\x60\]\s]*\(\s*['"\x60].*['"\x60]\s*\)\s*\(|\bnew\s+function\s*\(\s*['"\x60]|\bfunction\s*\(\s*['"\x60]\s*return\b`,
  }),
  javascript({
    id: 'js-prototype-pollution-key',
    name: 'Prototype pollution: a field that names the prototype',
    confidence: 'high',
    inputs: KEYS,
    transformers: [],
    regex: String.raw`^__proto__$|(?:^|\.|\[)__proto__(?:\.|\[|\]|$)|constructor(?:\.|\]?\[)prototype`,
  }),
  javascript({
    id: 'js-prototype-pollution-address',
    name: 'Prototype pollution: the prototype named in the address',
    confidence: 'high',
    inputs: RAW_URI,
    transformers: ['urlDecodeUni'],
    regex: String.raw`[?&\[.](?:__proto__|constructor(?:\.|\]?\[)prototype)(?:\]|\.|\[|=)`,
  }),
  javascript({
    id: 'js-serialized-function',
    name: 'JavaScript injection: a function in serialised data',
    confidence: 'high',
    regex: String.raw`_\$\$nd_func\$\$_|['"]\s*:\s*['"]\s*function\s*\(\s*\)\s*\{.*\}\s*\(\s*\)`,
  }),
  javascript({
    id: 'js-self-invoking-code',
    name: 'JavaScript injection: code that calls itself with require or process',
    confidence: 'medium',
    regex: String.raw`(?:\(\s*(?:async\s*)?(?:function\s*\w*\s*\([^)]*\)\s*\{|\([^)]*\)\s*=>)|\beval\s*\().*\b(?:require|process|child_process|exec(?:sync)?|spawn(?:sync)?)\b`,
  }),
];

const php = (rule: Parts): RuleSource => ({
  ...rule,
  type: 'php_code_injection',
  cwe: '94',
  capec: '1000/225/122/17/650',
});

export const PHP: readonly RuleSource[] = [
  php({
    id: 'php-open-tag',
    name: 'PHP injection: an opening tag with code',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`<\?(?:php\b|=)\s*[^?]*(?:\(|\$|;|\x60|echo|\?>)|<\?\s+(?:system|eval|exec|passthru|echo|print|\$_)|<script\s+language\s*=\s*["']?php`,
  }),
  php({
    id: 'php-superglobal',
    name: 'PHP injection: a variable that carries the request',
    confidence: 'high',
    regex: String.raw`\$_(?:get|post|request|cookie|server|files|session|env)\s*(?:\[|\{)|\$globals\s*\[|\$http_(?:raw_post_data|(?:get|post|cookie)_vars)`,
  }),
  php({
    id: 'php-function-call',
    name: 'PHP injection: a call that runs code or commands',
    confidence: 'medium',
    regex: String.raw`\b(?:system|passthru|shell_exec|popen|proc_open|pcntl_exec|create_function|call_user_func(?:_array)?|preg_replace_callback|assert|gzinflate|gzuncompress|str_rot13|base64_decode|file_put_contents|move_uploaded_file|phpinfo|show_source|highlight_file|readfile|include_once|require_once)\s*\(\s*(?:['"$\x60)]|base64_decode|hex2bin|chr\()`,
  }),
  php({
    id: 'php-serialized-object',
    name: 'PHP injection: a serialised object',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`(?:^|[;{}"'\s=])[oc]:\+?\d{1,4}:"[\w\\]+":\+?\d{1,4}:\{`,
  }),
  php({
    id: 'php-configuration',
    name: 'PHP injection: directives of the configuration',
    confidence: 'high',
    inputs: [...RAW_URI, ...VALUES_AND_HEADERS],
    regex: String.raw`\b(?:allow_url_(?:include|fopen)|auto_(?:pre|ap)pend_file|disable_functions|open_basedir|safe_mode|suhosin\.simulation|cgi\.force_redirect)\s*=\s*\S`,
  }),
];

const java = (rule: Parts): RuleSource => ({
  inputs: VALUES_AND_HEADERS,
  ...rule,
  type: 'java_code_injection',
  cwe: '94',
  capec: '1000/152/137/6',
});

export const JAVA: readonly RuleSource[] = [
  java({
    id: 'java-log4shell',
    name: 'Java injection: a JNDI look-up in a message (Log4Shell)',
    confidence: 'high',
    inputs: [...RAW_URI, ...VALUES_AND_HEADERS],
    regex: String.raw`\$\{\s*jndi\s*:|\$\{[^{}\s]*\$\{[^{}]*(?::-?|:)[^{}]*\}|\$\{(?:lower|upper|env|sys|java|date|base64|main|web|ctx|bundle|k8s|docker|::-|:-)[^{}]*\}?.*(?:ndi|:(?:ldaps?|rmi|dns|iiop|corba|nis|https?):|//)|\bjndi\s*:\s*(?:ldaps?|rmi|dns|iiop|corba|nds|nis|https?)\s*:`,
  }),
  java({
    id: 'java-ognl',
    name: 'Java injection: OGNL, as Struts evaluates it',
    confidence: 'high',
    regex: String.raw`[%$]\{.*(?:#_?memberaccess|#context\b|@java\.lang\.|@org\.apache|#\w+\s*=\s*new\b|\(#\w+\s*=|getruntime|#cmd\b|#request\b|#application\b|#session\b|#attr\b|#parameters\b)|#_memberaccess|@ognl\.|\bognlcontext\b|\(#[\w.]+=[^)]+\)\.\(#`,
  }),
  java({
    id: 'java-runtime',
    name: 'Java injection: a program is started through reflection or an expression',
    confidence: 'high',
    regex: String.raw`\bgetruntime\s*\(\s*\)?\s*\.?\s*\)?\s*\.\s*exec\b|\bnew\s+(?:java\.lang\.)?processbuilder\s*\(\s*(?:new\s+(?:java\.lang\.)?string|['"{])|\bclass\.forname\s*\(\s*['"]java\.lang\.|\bgetclass\s*\(\s*\)\s*\.\s*(?:forname|getclassloader)|\bjavax\.script\.scriptengine|\bjava\.lang\.(?:runtime|processbuilder)\b\s*[\)@.]`,
  }),
  java({
    id: 'java-spel',
    name: 'Java injection: an expression of Spring',
    confidence: 'high',
    regex: String.raw`\bt\s*\(\s*(?:java|javax|org)\s*\.\s*[\w.]+\s*\)\s*\.|[#$*]\{\s*(?:new\s+java|t\s*\(|''\.(?:get)?class|"".getclass)`,
  }),
  java({
    id: 'java-class-loader',
    name: 'Java injection: the class loader through bound fields (Spring4Shell)',
    confidence: 'high',
    // libddwaf reads keys only of every input that follows one with keys_only: the address comes first.
    inputs: [...RAW_URI, ...KEYS],
    transformers: [],
    regex: String.raw`\bclass(?:\.|\[['"]?|%5b)module(?:\.|\[|\]|%5b|['"])|\bclass(?:\.|\[['"]?)class_?loader\b|\bclassloader\.(?:resources|urls)\b`,
  }),
  java({
    id: 'java-serialized-object',
    name: 'Java injection: a serialised object',
    confidence: 'high',
    transformers: [],
    caseSensitive: true,
    regex: String.raw`(?:^|[^\w+/=])rO0AB[QXYZa-f]|\xac\xed\x00\x05|(?i:aced0005(?:7[0-9a-f]))`,
  }),
];
