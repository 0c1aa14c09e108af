import { type RuleSource, VALUES, VALUES_AND_HEADERS } from '../../rule.ts';

/** `javascript:` as browsers accept it: white space and control characters between the letters. */
const JAVASCRIPT_URL = ['(?:j', 'a', 'v', 'a', '|v', 'b', ')s', 'c', 'r', 'i', 'p', 't', ':'].join(
  String.raw`[\x00-\x20]*`,
);

const xss = (rule: Omit<RuleSource, 'type' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'xss',
  cwe: '79',
  capec: '1000/152/242/63',
});

export const XSS: readonly RuleSource[] = [
  xss({
    id: 'xss-script-element',
    name: 'XSS: a script element',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`<\s*(?:\w+:)?script(?:[\s/][^>]*)?>?\s*(?:[^<]*[(=\[\x60]|<)|<\s*script[\s/]+[^>]*(?:src|href)\s*=|<\s*/\s*script\s*>`,
  }),
  xss({
    id: 'xss-event-handler',
    name: 'XSS: an event handler in an element',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`<[a-z!/][^<>]*[\s/"'\x60\x0c]on[a-z]{3,25}[\s\x0b]*=`,
  }),
  xss({
    id: 'xss-attribute-breakout',
    name: 'XSS: a quote that ends an attribute, and an event handler',
    confidence: 'high',
    regex: String.raw`["'\x60][\s/]*[^<>]*\bon(?:abort|animation\w+|auxclick|before\w+|blur|cancel|canplay|change|click|close|contextmenu|copy|cut|dblclick|drag\w*|drop|ended|error|focus(?:in|out)?|hashchange|input|invalid|key(?:down|press|up)|load\w*|message|mouse\w+|page\w+|paste|play\w*|pointer\w+|popstate|reset|resize|scroll\w*|search|seek\w*|select\w*|show|start|submit|suspend|toggle|touch\w+|transition\w+|unload|wheel)\s*=\s*["'\x60]?\s*[\w(\[{$!+/]`,
  }),
  xss({
    id: 'xss-javascript-url-attribute',
    name: 'XSS: a script URL in an attribute',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`(?:href|src|srcdoc|action|formaction|data|xlink:href|background|poster|lowsrc|dynsrc|from|to|by|values|url|content|code(?:base)?)\s*=\s*["'\x60]?[\x00-\x20]*(?:${JAVASCRIPT_URL}|data[\x00-\x20]*:[^,]*(?:html|script|svg|xml))`,
  }),
  xss({
    id: 'xss-javascript-url',
    name: 'XSS: a script URL as the whole value',
    confidence: 'high',
    regex: String.raw`^[\x00-\x20"'(]*(?:${JAVASCRIPT_URL}|data[\x00-\x20]*:[\x00-\x20]*text/(?:html|xml|javascript)|data[\x00-\x20]*:[\x00-\x20]*image/svg\+xml[^,]*,[\x00-\x20]*<)`,
  }),
  xss({
    id: 'xss-embedding-element',
    name: 'XSS: an element that embeds a document or a plug-in',
    confidence: 'medium',
    regex: String.raw`<\s*(?:iframe|frame(?:set)?|object|embed|applet|base|bgsound|portal|fencedframe|isindex|xss|layer|ilayer)[\s/>]|<\s*meta[^>]+http-equiv|<\s*link[^>]+(?:stylesheet|import)|srcdoc\s*=`,
  }),
  xss({
    id: 'xss-svg-mathml',
    name: 'XSS: active content in SVG or MathML',
    confidence: 'high',
    regex: String.raw`<\s*(?:svg|math)[\s/>].*(?:<\s*(?:script|animate\w*|set|use|foreignobject|handler|maction|style|image|a)[\s/>]|xlink:href|\bon\w+\s*=)`,
  }),
  xss({
    id: 'xss-style-script',
    name: 'XSS: script in a style',
    confidence: 'high',
    regex: String.raw`(?:style\s*=|<\s*style).*(?:expression\s*\(|behaviou?r\s*:\s*url|-moz-binding\s*:|url\s*\(\s*["']?[\x00-\x20]*${JAVASCRIPT_URL}|@import\s+["'(]|@import\s+url)`,
  }),
  xss({
    id: 'xss-dialog-call',
    name: 'XSS: a call that proves that script runs',
    confidence: 'medium',
    regex: String.raw`(?:^|[^\w.])(?:alert|prompt|confirm|print)\s*(?:\(\s*(?:\d+|['"\x60/]|document\b|location\b|origin\b|window\b|self\b|this\b|xss|\))|\x60)|(?:top|self|window|parent|frames|globalThis)\s*\[\s*['"\x60/]|\]\s*\(\s*(?:document|alert)\b`,
  }),
  xss({
    id: 'xss-document-access',
    name: 'XSS: script that reads cookies or writes the document',
    confidence: 'medium',
    regex: String.raw`\bdocument\s*(?:\.\s*|\[\s*['"\x60]\s*)(?:cookie|domain|write(?:ln)?\s*\(|location|body\s*\.\s*(?:innerhtml|append))(?:\s*['"\x60]?\s*[\]=;,)+(.]|\w|$)|\b(?:window|self|top|parent)\s*\.\s*(?:location|name|opener)\s*=|localstorage\s*\.\s*getitem`,
  }),
  xss({
    id: 'xss-obfuscated-script',
    name: 'XSS: script whose letters are hidden',
    confidence: 'high',
    inputs: VALUES,
    regex: String.raw`\bstring\s*\.\s*fromcharcode\s*\(\s*(?:0x[0-9a-f]+|\d+)\s*,|\beval\s*(?:\?\.)?\s*\(\s*(?:atob|unescape|string\.|decodeuri|name\b|location|['"\x60]\\)|(?:\[\]|\(!\[\]\)|!\+\[\]|\+!!\[\]|\(!!\[\]\)){2,}[\[+(]|\[\]\[\(!?!?\[\]|\(!?!\[\]\+\[\]\)|[\[(]\s*['"\x60](?:a|al|ale|con|conf|e|ev|eva|doc|p|pro|prom)['"\x60][\s+]{1,5}['"\x60]\w|\bset(?:timeout|interval)\s*\(\s*['"\x60]`,
  }),
  xss({
    id: 'xss-escaped-markup',
    name: 'XSS: markup in escapes of JavaScript',
    confidence: 'medium',
    regex: String.raw`(?:\\x3c|\\u003c|\\u\{3c\}|\\74)\s*/?(?:script|img|svg|iframe|body|a\s|on\w)`,
  }),
];
