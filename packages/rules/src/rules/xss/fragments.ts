import type { InputDefinition } from '@wardline/waf';
import { DECODED, KEYS, RAW_URI, type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';

/** A rule of this folder; script in a page acts for whoever looks at it, so that it is of high severity by default. */
export const xss = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  severity: 'high',
  ...rule,
  type: 'xss',
  owasp: 'A03:2021',
  cwe: '79',
  capec: '1000/152/242/63',
});

/** Whatever of a request may come back in a page: values, headers, names of parameters and the path. */
export const REFLECTED: readonly InputDefinition[] = [
  ...VALUES_AND_HEADERS,
  ...RAW_URI,
  ...KEYS.map(({ address }) => ({ address, transformers: [...DECODED, 'keys_only'] })),
];

/** A word with what browsers skip in the scheme of an URL between its letters: white space and control characters. */
const skipping = (word: string): string => [...word].join(String.raw`[\x00-\x20]*`);

/** `javascript:` and its like, up to the colon. */
export const SCRIPT_SCHEME = `(?:(?:${skipping('java')}|${skipping('vb')}|${skipping('live')})[\\x00-\\x20]*${skipping('script:')}|mocha:)`;

/** What follows the scheme where it is an attack: not `void(0)`, `;` or nothing, which links that do nothing have. */
export const SCRIPT_BODY = String.raw`(?:[\x00-\x20]+[a-uw-z][\w$.]*[(\x60=\[]|[\x00-\x1f]*(?:[^hv;\x00-\x20"'\x60>)#]|h[^i]|hi[^s])|["'\x60]\s*[^\s>)]|v(?:[^o]|o[^i]|oid[\s(]*[^\s(0)]))`;

const COMMENT = String.raw`/\*[^*]*\*/`;

/** What calls the function before it: a parenthesis or a template, also as a reference. */
export const CALL = String.raw`(?:\s|${COMMENT})*(?:\)\s*)?(?:\?\.\s*)?(?:[(\x60]|&lpar;?|&grave;?)`;

/** Functions that show that script runs. */
export const DIALOG = '(?:alert|confirm|prompt)';

/** A dialog with what people put in to prove something, the parenthesis right behind the name. */
export const PROOF = String.raw`${DIALOG}(?:${COMMENT})*(?:[(\x60]|&lpar;?)\s*(?:\d+\s*[)\x60]|/\w*/|document\b|location\b|origin\b|window\b|self\b|this\b|["']?xss|string\.|\x60)`;

/** Ways to run more code and to send data away, as handlers and scripts in documentation seldom begin. */
export const ACTION = String.raw`(?:(?:eval|fetch|import|atob|settimeout|setinterval)${CALL}|function\s*(?:\(\s*["'\x60]|\x60)|document\s*\.\s*(?:cookie|write|domain)|(?:document|window|self|top|parent|this)\s*\[|location\s*=\s*(?:name\b|location|["'\x60]\s*(?:javascript:|(?:https?:)?//))|location\s*=\s*\w+\s*[;)/"'<]|new\s+(?:image|function|xmlhttprequest|websocket)\b|navigator\s*\.\s*sendbeacon|\$\.(?:get|post|ajax))`;

/** What an attacker's code begins with, where its place says already that it is none of the page's. */
export const SINK = String.raw`(?:${DIALOG}${CALL}|${ACTION}|print${CALL}|(?:document|window|self|top|parent)\s*\.\s*(?:location|open|name|body|title|document|eval|alert|confirm|prompt|url)|location\s*[.=])`;

/** A place where documentation has no element: the beginning, or behind text on the same line, but not in a code span. */
export const IN_LINE = String.raw`(?:^\W*|[^\s\x60][ \t]*)`;

/** Where an injection starts a value: what stands before it has no white space, as prose has. */
export const BEGINNING = String.raw`^\s*[^\s<>"'\x60]*`;
