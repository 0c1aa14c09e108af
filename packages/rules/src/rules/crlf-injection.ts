import { DEEPLY_DECODED, KEYS, RAW_URI, type RuleSource, VALUES_AND_HEADERS } from '../rule.ts';

const crlf = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  severity: 'high',
  ...rule,
  type: 'crlf_injection',
  owasp: 'A03:2021',
  cwe: '113',
  capec: '1000/210/272/220/34',
});

/**
 * A line break as servers come to see one: encoded once or more often, in the encoding of IIS, as an escape, as
 * characters whose low bytes are CR and LF (U+560A, U+010A), and with one encoding inside another.
 */
const BREAK = String.raw`(?:%(?:(?:25)*0[ad]|(?:25)*%3\d(?:%(?:25)*[46][14]|[ad])|e5%98%8[ad]|c[04]%8[ad]|e0%80%8[ad]|u(?:00|56|01)0[ad]|5c[rn]|%0[ad]0[ad]|0%0[ad][ad]|e2%80%a[89]|c2%85)|\\[rn]|[嘊嘍])`;
const BLANK = String.raw`(?:%20|%09|\+|\s)*`;
const COLON = String.raw`${BLANK}(?::|%3a|%253a)${BLANK}`;
/** Headers whose names don't occur in a text before a colon. */
const HEADER =
  '(?:set-?cookie2?|content-(?:type|length|disposition|encoding|language|security-policy)|access-control-[\\w-]+|transfer-encoding|x-[\\w-]+|strict-transport-security|www-authenticate|proxy-[\\w-]+|cache-control|last-modified|etag|clear-site-data|refresh|p3p)';
const LOCATION = String.raw`location${COLON}(?:https?|//|/|%2f|%68|javascript|data)`;
const STATUS = String.raw`http/[12](?:\.\d|%2e\d)?(?:%20|\+|\s)+\d{3}`;

export const CRLF_INJECTION: readonly RuleSource[] = [
  crlf({
    id: 'crlf-header-in-address',
    name: 'Response splitting: a line break and a header in the address',
    confidence: 'high',
    about:
      'Where a server copies a part of the address into a header, a line break begins another: `%0d%0aSet-Cookie:`. Forms send line breaks too, but not before the names of headers.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${BREAK}${BLANK}(?:${HEADER}${COLON}|${LOCATION}|${STATUS}|host${COLON}[\w-]+\.)|(?:%e5%98%8a%e5%98%8d|嘊嘍)[\w-]+${COLON}`,
  }),
  crlf({
    id: 'crlf-in-path',
    name: 'Response splitting: a line break and a header of any name in the path',
    confidence: 'high',
    about:
      'Redirects to the same path with a slash or under another scheme copy the path into a header. Paths have no line breaks, and none before a name and a colon.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`^/[^?]*${BREAK}${BLANK}[a-z][\w-]*(?::|%3a)`,
  }),
  crlf({
    id: 'crlf-header-of-any-name',
    name: 'Response splitting: CR, LF and a header of any name in the query',
    confidence: 'medium',
    about:
      'As `crlf-header-in-address`, with a name that the tester chose. Texts that are sent in a query may have a line that begins with a word and a colon.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`(?:%(?:25)?0d%(?:25)?0a|%e5%98%8a%e5%98%8d|%u000d%u000a|嘊嘍)${BLANK}[a-z][\w-]*(?::|%3a)[^/%+ ]`,
  }),
  crlf({
    id: 'crlf-body-in-address',
    name: 'Response splitting: line breaks and a document in the address',
    confidence: 'high',
    about: 'An empty line ends the head of an answer, and markup after it becomes its body.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${BREAK}{2,}${BLANK}(?:%3c|<|%253c|%e5%98%bc)(?:html|script|svg|body|img|iframe|%21doctype|!doctype)`,
  }),
  crlf({
    id: 'crlf-header-in-value',
    name: 'Response splitting: a line break and a header in a value',
    confidence: 'high',
    about:
      'A value of one word, a line break, and a header of an answer. Records of HTTP that people post begin with a request or status line, which has blanks, and parts of a mail with hyphens.',
    inputs: VALUES_AND_HEADERS,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^(?:[^\s:<-][^\s:]*)?[\r\n嘊嘍ċč\x{85}\x{2028}]+[ \t]*(?:${HEADER}\s*:|location\s*:\s*(?:https?:|/|javascript:)|http/[12](?:\.\d)?\s+\d{3}\b)|嘊嘍[\w-]+:`,
  }),
  crlf({
    id: 'crlf-header-in-text',
    name: 'Response splitting: a header on a line of its own in a value of the query',
    confidence: 'medium',
    about:
      'As `crlf-header-in-value`, behind more than one word. Examples of HTTP that people search for have it too.',
    inputs: [{ address: 'server.request.query' }, { address: 'server.request.cookies' }],
    regex: String.raw`[\r\n]\s*(?:set-cookie\s*:\s*[\w-]+=|content-(?:type|length)\s*:\s*\w|location\s*:\s*https?:|http/[12](?:\.\d)?\s+\d{3})`,
  }),
  crlf({
    id: 'crlf-in-name',
    name: 'Response splitting: a line break in the name of a field',
    confidence: 'medium',
    severity: 'medium',
    about:
      'Names of fields are copied into headers more carelessly than values. JSON that was sent as a form has line breaks there.',
    inputs: KEYS,
    regex: String.raw`^[\w.\[\]-]*[\r\n]`,
  }),
  crlf({
    id: 'crlf-in-header',
    name: 'Header injection: a line break in a header',
    confidence: 'high',
    about:
      'HTTP/2 can carry line breaks in headers, which begin another where a proxy writes HTTP/1. No client folds its headers any more.',
    inputs: [{ address: 'server.request.headers.no_cookies' }],
    transformers: [],
    regex: String.raw`[\r\n]+\s*(?:[\w-]+\s*:|(?:get|post|put|head|delete|options)\s+\S+\s+http/)`,
  }),
];
