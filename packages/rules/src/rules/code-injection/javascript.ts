import { DEEPLY_DECODED, KEYS, RAW_URI, type RuleSource } from '../../rule.ts';
import { codeInjection } from './code.ts';

const javascript = codeInjection('js_code_injection');
const pollution = (rule: Parameters<typeof javascript>[0]): RuleSource => ({
  ...javascript(rule),
  cwe: '1321',
  capec: '1000/152/137/15/180',
});

/** Where code begins that was put into other code: at the start, or after a quote, bracket or sign of a template. */
const BEGINNING = String.raw`^[^a-z_]*(?:\w*['"\x60)};,+][^\w\n]*)?(?:(?:return|await|typeof|void)\s+|\w+\s*=\s*)?`;
const LOADING = String.raw`(?:require|import|getbuiltinmodule|_load)\s*\(\s*['"\x60](?:node:)?`;
const POWERFUL = String.raw`(?:(?:child_process|vm|worker_threads|module|repl|inspector)['"\x60]\s*\)\s*\)*\s*(?:\.|\[)\s*['"\x60]?\w+['"\x60\]]*\s*\(|fs(?:/promises)?['"\x60]\s*\)\s*\)*\s*(?:\.|\[)\s*['"\x60]?(?:promises\.)?(?:read|write|append|unlink|rm|exists|access|create|open|copy|stat)\w*|os['"\x60]\s*\)\s*\)*\.(?:userinfo|hostname|networkinterfaces|homedir)\s*\()`;

export const JAVASCRIPT: readonly RuleSource[] = [
  javascript({
    id: 'js-child-process',
    name: 'JavaScript injection: a module that runs programs or reads files is loaded and used',
    confidence: 'high',
    about:
      'The value begins with code that loads such a module and calls it in one expression. Code that people post begins with declarations, and keeps modules in variables.',
    regex: String.raw`${BEGINNING}(?:[\w.\[\]'"()]+\.)?(?:${LOADING}${POWERFUL}|import\s+\w+\s+from\s+['"](?:node:)?(?:fs|child_process)['"];[ \t]*\w+\.|import\s*\(\s*['"\x60](?:node:)?(?:child_process|fs)['"\x60]\s*\)\s*\.then)`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  javascript({
    id: 'js-child-process-anywhere',
    name: 'JavaScript injection: a program is run in one expression with loading the module',
    confidence: 'medium',
    about: 'The same anywhere in a text, where code that people post may have it too: only reported.',
    regex: String.raw`child_process['"\x60]\s*\)\s*\)*\s*(?:\.|\[)\s*['"\x60]?(?:exec|spawn|fork)`,
  }),
  javascript({
    id: 'js-process-internals',
    name: 'JavaScript injection: the internals of the process',
    confidence: 'high',
    about:
      'What lies behind `process` and leads out of a sandbox: `process.mainModule.require`, `process.binding`. Applications use neither.',
    regex: String.raw`\bprocess['"\x60\]\s)]*(?:\?\.|\.|\[)\s*['"\x60]?(?:mainmodule['"\x60\]\s]*(?:\?\.|\.|\[)\s*['"\x60]?(?:require|constructor|_load|children|exports)|(?:binding|_linkedbinding)\s*\([^)\n]*\)\s*(?:\.|\[))|^['"\x60][\s+]+process\.\w|${BEGINNING}(?:(?:global(?:this)?|this|root)(?:\.|\[['"]))?process['"\]]*\.(?:mainmodule|dlopen\s*\(|reallyexit|getbuiltinmodule\s*\(|binding\s*\(\s*['"\x60])|^(?:\S*['"\x60)};,])?(?:global(?:this)?\.)?process\.(?:exit|kill|abort)\s*\(|^[^a-z]*(?:json\.stringify\s*\(\s*)?(?:global(?:this)?\.)?process\.env\s*[)}\]]*;?\s*$|\bspawn_sync\b.*\bspawn\s*\(`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  javascript({
    id: 'js-function-constructor',
    name: 'JavaScript injection: code through a constructor',
    confidence: 'high',
    about:
      'A function is made of text by the constructor of a constructor, which is how sandboxes and templates are escaped. Code names classes instead.',
    regex: String.raw`\bconstructor['"\x60]?\s*\]?\s*(?:\.|\[\s*['"\x60])\s*constructor\b|\bconstructor['"\x60\]\s]*\(\s*['"\x60][^)]*['"\x60]\s*\)\s*\(|\[\s*['"\x60]constructor['"\x60]\s*\]\s*\(|${BEGINNING}(?:new\s+)?function\s*\(\s*['"\x60]|\bfunction\s*\(\s*['"\x60]\s*return\s+(?:process|this|global\w*)\b`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  javascript({
    id: 'js-server-probe',
    name: 'JavaScript injection: code that answers or stops the server',
    confidence: 'high',
    about:
      'Probes for code that is evaluated on a server: the answer is written by `res.end(…)`, the event loop held by an endless loop or a date.',
    regex: String.raw`${BEGINNING}(?:res|response)\.(?:end|write)\s*\(|^(?:\S*['"\x60)};,])?(?:while|for)\s*\(\s*(?:1|true|;;|!0)\s*\)\s*(?:;|\{\s*\}|$)|\bdate\s*\(\s*\)\s*;\s*(?:while|do)\b[^\n]*\bdate\b`,
  }),
  pollution({
    id: 'js-prototype-pollution-key',
    name: 'Prototype pollution: a field that names the prototype',
    confidence: 'high',
    inputs: KEYS,
    transformers: [],
    about:
      'A key of the query, the body or a cookie is `__proto__`, or leads to a prototype. No form has such a field.',
    regex: String.raw`^__proto__$|(?:^|\.|\[|:)['"]?__proto__['"]?(?:\.|\[|\]|:|$)|constructor['"]?(?:\.|:|\]?\[['"]?)prototype\b|__pro__proto__to__|^__define[gs]etter__$`,
  }),
  pollution({
    id: 'js-prototype-pollution-nested',
    name: 'Prototype pollution: fields `constructor` and `prototype`',
    confidence: 'high',
    inputs: KEYS,
    transformers: [],
    about:
      'An object that has a field `constructor`, and somewhere one `prototype`, as a merge would follow them.',
    regex: '^constructor$',
    and: [{ inputs: KEYS, regex: '^prototype$' }],
  }),
  pollution({
    id: 'js-prototype-pollution-address',
    name: 'Prototype pollution: the prototype named in the address',
    confidence: 'high',
    inputs: RAW_URI,
    transformers: ['urlDecodeUni'],
    about: 'The same in the address, which scripts in pages read by themselves.',
    regex: String.raw`[?&#;\[.](?:__proto__|constructor(?:\.|\]?\[)prototype)(?:\]|\.|\[|=)`,
  }),
  pollution({
    id: 'js-prototype-pollution-json',
    name: 'Prototype pollution: the prototype in JSON or a path within a value',
    confidence: 'high',
    about: 'The value is JSON, or a path to a property, that leads to a prototype.',
    regex: String.raw`^\s*[\[{].*["'](?:[\w.]*\.)?__proto__(?:["']\s*:|\.|\[)|^\s*[\[{].*["']constructor["']\s*:\s*\{\s*["']prototype["']\s*:|^[\w.\[\]'"-]*(?:__proto__|constructor['"]?\]?(?:\.|\[)['"]?prototype)['"\]]*(?:(?:\.|\[)\S*\s*(?:=|$)|=)`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  javascript({
    id: 'js-serialized-function',
    name: 'JavaScript injection: a function in serialised data',
    confidence: 'high',
    cwe: '502',
    about:
      'Marks of serialisers that bring functions back to life, and functions that call themselves within JSON.',
    regex: String.raw`_\$\$nd_func\$\$_|["']__js_function["']|!!js/(?:function|regexp|undefined)\b|_cryo_(?:function|ref)_|['"]\s*:\s*['"]\s*\(?\s*function\s*\w*\s*\([^)]*\)\s*\{.*\}\s*\(\s*\)`,
  }),
  javascript({
    id: 'js-server-action-reference',
    name: "JavaScript injection: references to a prototype in React's protocol",
    confidence: 'high',
    cwe: '502',
    about:
      'Replies to server components refer to other parts as `$1:name`; an attack leads such a reference to a prototype or constructor.',
    regex: String.raw`\$[\da-f@]+:(?:__proto__|constructor|prototype)\b|["']_prefix["']\s*:\s*["'].*(?:process|require|constructor)`,
  }),
  javascript({
    id: 'js-self-invoking-code',
    name: 'JavaScript injection: code that calls itself with require or process',
    confidence: 'medium',
    about:
      'Functions that are called where they stand, and run programs. Bundled code looks so too: only reported.',
    regex: String.raw`${BEGINNING}(?:\(\s*(?:async\s*)?(?:function\s*\w*\s*\([^)]*\)\s*\{|\([^)]*\)\s*=>)|eval\s*\().*\b(?:require|process|child_process|exec(?:sync)?|spawn(?:sync)?)\b`,
  }),
];
