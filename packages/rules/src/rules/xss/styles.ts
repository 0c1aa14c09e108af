import { DEEPLY_DECODED, type RuleSource } from '../../rule.ts';
import { xss } from './fragments.ts';

/** What may stand between the letters of `expression`: comments and backslashes. */
const expression = [...'expression'].join(String.raw`(?:/\*[^*]*\*+/|\\)?`);
const STYLE = String.raw`(?:\bstyle\s*=|<\s*style\b)`;

export const STYLES: readonly RuleSource[] = [
  xss({
    id: 'xss-style-script',
    name: 'XSS: script in a style',
    confidence: 'high',
    about:
      'Expressions, behaviours and bindings, which run script, and imports in an element that starts the value. Styles of rich text have none of them.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`${STYLE}[^>]*(?:${expression}\s*(?:\(|\\0*28)|behaviou?r\s*:\s*url|-(?:moz|o)-(?:binding|link)\s*:)|[:;{\s]${expression}\(\s*(?:alert|write|document|eval|window|this|function|javascript|open)|-moz-binding\s*:\s*url|behaviou?r\s*:\s*url\s*\(\s*["']?[^)"'\s]*\.htc|-o-link\s*:\s*["']|<\s*style\b[^>]*text/javascript|^[^\w<]*<\s*style\b[^>]*>[^<@]*@import(?:["']|\s*(?:url\s*\(\s*)?["']?\s*//)|@import\s*["']?\s*(?:javascript|data):`,
  }),
  xss({
    id: 'xss-style-import',
    name: 'XSS: a style sheet from elsewhere',
    confidence: 'medium',
    severity: 'medium',
    about:
      'An element of style that imports another sheet, in a way that only injections do: without a space, by the address alone.',
    regex: String.raw`<\s*style\b[^>]*>[^<]*@import(?:["']|\s+["']\s*//|\s+url\s*\(\s*["']?\s*//)|[{;]\s*@import["']`,
  }),
  xss({
    id: 'xss-style-theft',
    name: 'XSS: a style that sends the values of fields',
    confidence: 'high',
    severity: 'medium',
    about:
      'A selector that compares the beginning or end of an attribute of a form field, and loads an address where it matches: it reads tokens letter by letter, without script.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`\[\s*(?:value|name|content|href|nonce|data-[\w-]+)\s*[\^$*~|]?=\s*["']?[\w./+=-]*["']?\s*\][^{}<]*\{[^}]*url\s*\(\s*["']?\s*(?:https?:)?//`,
  }),
  xss({
    id: 'xss-style-broken',
    name: 'XSS: a style that is read in another way than it seems',
    confidence: 'medium',
    severity: 'low',
    about:
      'Letters of a style attribute as escapes, comments within addresses, and braces or brackets where declarations stand: ways by which old browsers were made to see another style.',
    regex: String.raw`\bstyle\s*=\s*(?:"[^">]*|'[^'>]*|[^\s>"']*)(?:\\0{0,4}[2-7][0-9a-f][^>]*\\0{0,4}[2-7][0-9a-f]|url\s*\(\s*["']?[^)"'>\s]*(?:/\*|\s[^)"'>]*/\*|\[[^)>]*\*|#[^)>]*\*)|:\s*'?[\w-]+(?:\}|\{[\w-]+[;:]|\[[\w-]*\]?;)|\[\w\]\s*\w)|\bstyle\s*=\s*["']?[^"'>]*content\s*:\s*url\s*\(|\bstyle\s*=\s*["'][^"'>]*binding\s*:\s*url|\bstyle\s*=\s*["'][^>]*&#x?(?:0*9|0*1[0-3]|0*[ad])\b|url\s*\([^)\s]*\s//\*\*/|\bstyle\s*=\s*"[^">]*'[^'">;]*[\n\r];|<\s*style\b[^>]*>[^<]*\[(?:\w*;|'<!--)`,
  }),
];
