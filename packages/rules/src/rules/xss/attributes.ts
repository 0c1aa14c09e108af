import { DEEPLY_DECODED, type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import {
  ACTION,
  BEGINNING,
  DIALOG,
  IN_LINE,
  PROOF,
  REFLECTED,
  SCRIPT_BODY,
  SCRIPT_SCHEME,
  SINK,
  xss,
} from './fragments.ts';

/** Events that a visitor makes; pages have handlers of them, and so has documentation. */
const BY_VISITORS =
  'blur|change|click|contextmenu|dblclick|drag\\w*|drop|focus|input|key\\w+|load|mouse\\w+|reset|resize|scroll|select|submit|touch\\w+|unload';

/** Events that come by themselves or that hardly anybody handles in an attribute, by their beginnings. */
const BY_THEMSELVES = [
  'abort|activate|after\\w+|animation\\w+|auxclick|before\\w+|begin|bounce|cancel|canplay\\w*|cellchange|close|command',
  'content\\w+|copy|cuechange|cut|data\\w+|deactivate|duration\\w+|emptied|end|ended|filterchange|finish|focus\\w+|formdata',
  'fullscreen\\w*|gesture\\w+|gotpointer\\w+|hashchange|help|invalid|language\\w+|layout\\w+|load\\w+|losecapture',
  'lostpointer\\w+|media\\w+|message\\w*|move\\w*|offline|online|page\\w+|paste|pause|play\\w*|pointer\\w+|popstate|progress',
  'property\\w+|ratechange|readystate\\w+|rejection\\w+|repeat|resume|reverse|row\\w+|scroll\\w+|search|security\\w+|seek\\w+',
  'select\\w+|show|slotchange|stalled|start|stop|storage|suspend|timeerror|timeout|timeupdate|toggle|transition\\w+',
  'unhandled\\w+|volumechange|waiting|webkit\\w+|wheel|x+|zoom',
].join('|');

const EVENTS = `on(?:${BY_VISITORS}|${BY_THEMSELVES}|error\\w*)`;

const EQUALS = String.raw`[\s\x0b]*=[\x00-\x20]*`;
/** What a handler begins with; components of JSX have a brace there. */
const HANDLER = String.raw`${EQUALS}["'\x60]?[\x00-\x20]*(?:[^\s"'\x60{<>=.]|<!--)`;
const UNQUOTED = String.raw`${EQUALS}(?:[^\s"'{<>=.]|<!--)`;
/** Code that is an attack whatever is around it. */
const ATTACK = String.raw`["'\x60({\s]*(?:javascript:)?(?:${PROOF}|${ACTION})`;
/** An image that is shown where another is missing is no attack. */
const ON_ERROR = String.raw`onerror${EQUALS}["'\x60]?[\x00-\x20]*(?:[^\s"'\x60{<>=.t]|t[^h]|this\s*\[)`;

const TAG = String.raw`<[a-z!/?%][^<>]*(?:=\s*["'][^"'<>]*>[^"'<>]*["'][^<>]*)?(?:[\s/"'\x60]|</?)`;

/** Elements that load, run or link what a data URL holds; not `img`, where it is an image. */
const LOADING =
  '(?:a|animate\\w*|base|button|embed|form|frame|iframe|image|input|math|object|script|set|use)';

const DATA_DOCUMENT = String.raw`data[\x00-\x20]*:[\x00-\x20]*(?:text/(?:html|xml|xsl|javascript|ecmascript)|application/(?:xhtml|xml|javascript|x-javascript|xslt))`;

export const ATTRIBUTES: readonly RuleSource[] = [
  xss({
    id: 'xss-event-handler',
    name: 'XSS: an event handler in an element',
    confidence: 'high',
    about:
      'An attribute whose name begins with `on`, whatever the element and the event, and that has a value. Editors of rich text give none, and components of JSX have a brace after the equals sign.',
    inputs: REFLECTED,
    alsoDecoded: [DEEPLY_DECODED],
    regex: [
      String.raw`${IN_LINE}${TAG}on[a-z][a-z][a-z]+${HANDLER}`,
      String.raw`${TAG}(?:on[a-z][a-z][a-z]+${UNQUOTED}|on(?:${BY_THEMSELVES})${HANDLER}|${ON_ERROR}|on[a-z]+${EQUALS}${ATTACK})`,
      String.raw`<\s*svg[\s/][^<>]*onload\s*=`,
    ].join('|'),
  }),
  xss({
    id: 'xss-event-handler-in-text',
    name: 'XSS: an event handler of a visitor in an element',
    confidence: 'medium',
    about:
      'A handler in quotes, of an event that a visitor makes, in an element that begins a line or a code span: documentation of HTML has it too, so that it is only reported.',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`<[a-z][^<>]*[\s/"']${EVENTS}${EQUALS}["'][^"'{]|["'\x60][\s/]+${EVENTS}=["'][^"'{]`,
  }),
  xss({
    id: 'xss-code-in-attribute',
    name: 'XSS: a proof that script runs within a tag',
    confidence: 'high',
    about:
      'Within a tag, a call of a dialog or of code from text: attributes of frameworks (`x-init`, `ng-init`, `v-html`, `@click`, `data-bind`, `hx-on`) run what stands in them. Components call dialogs from arrow functions, whose `>` ends the search.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`${IN_LINE}<[a-z][^<>]*(?:[=:(\s"'\x60/;,|&!+*^-]|&\{)${DIALOG}(?:\)?(?:\?\.)?[(\x60]|&lpar;?)|<[a-z][^<>]*(?:[=:(\s"'\x60/;,|&!+*^-]|&\{)${PROOF}|<[a-z][^<>]*=[^<>]*\bconstructor\s*(?:[.\[\x60]|\(\s*["'\x60])|<[a-z][^<>]*\s(?:ng-[a-z]+|v-[a-z]+|x-[a-z]+|@[a-z]+|data-bind|hx-on:[a-z:]*)\s*=\s*["'\x60]?[^"'\x60<>]*(?:\$event\b|\|\s*orderby|\bfetch\s*\(|\beval\s*\(|document\s*\.)|\bhx-on:[\w:-]*\s*=|\bmv-expressions\s*=`,
  }),
  xss({
    id: 'xss-attribute-breakout',
    name: 'XSS: a quote that ends an attribute, and an event handler',
    confidence: 'high',
    about:
      'A quote, at most attributes that make an event come by itself, and a handler: the value leaves the attribute that it is put in. In code a name of an object stands before a handler.',
    inputs: REFLECTED,
    alsoDecoded: [DEEPLY_DECODED],
    regex: [
      String.raw`["'\x60](?:[\s/]*|[\s/]+(?:autofocus|tabindex|accesskey|contenteditable|popover|style|type|src|href|id|open|hidden|draggable|x)\b[^<>;{}]*[\s"'\x60/])${EVENTS}[\s\x0b]*=[\x00-\x20]*(?:[\w(\[$!+/\\]|${ATTACK})|["'\x60/][\s/]*on(?:${BY_THEMSELVES})=["'][\w(]`,
      String.raw`(?:^|[\s"'\x60/;,?&])on[a-z][a-z]+(?:=(?:\s*${SINK}|${ATTACK})|\s*=\s*["'\x60({]*${PROOF})`,
      String.raw`${BEGINNING}["'\x60][\s/]*on[a-z]+\s*=`,
    ].join('|'),
  }),
  xss({
    id: 'xss-javascript-url-attribute',
    name: 'XSS: a script URL in an attribute, a link of Markdown or a style',
    confidence: 'high',
    about:
      '`javascript:`, `vbscript:` or a data URL of a document where a link or a source is expected: behind `=`, in `[text](…)`, `[url=…]`, `url(…)`. Links that do nothing (`javascript:void(0)`) are left alone.',
    inputs: REFLECTED,
    alsoDecoded: [DEEPLY_DECODED],
    regex: [
      String.raw`(?:[=(]\s*["'\x60(<]?|(?:assign|open|replace)\x60|\[(?:url|img|link)\]\s*|^\s*\[[^\]\n]*\]:\s*|url\s*\(\s*["']?)[\x00-\x20]*(?:(?:feed|view-source|url|jar)[:=]\s*)?${SCRIPT_SCHEME}${SCRIPT_BODY}`,
      `<${SCRIPT_SCHEME}`,
      String.raw`(?:=\s*["'\x60]?|\]\(\s*<?|\[(?:url|img)\]\s*)[\x00-\x20]*${DATA_DOCUMENT}`,
      String.raw`<\s*(?:\w+:)?${LOADING}\b[^<>]*=\s*["'\x60]?[\x00-\x20]*data[\x00-\x20]*:(?:[a-z]*[,;]|[^,<>"']*(?:svg|xml|html|script))`,
    ].join('|'),
  }),
  xss({
    id: 'xss-javascript-url',
    name: 'XSS: a script URL as the whole value',
    confidence: 'high',
    about:
      'A value that begins with a script URL and goes on as code does. Titles of books and searches have a space and words after the colon, and links that do nothing have nothing to run.',
    inputs: [...VALUES_AND_HEADERS],
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^[\x00-\x20"'(<\[]*(?:(?:feed|view-source|url|jar)[:=]\s*)?(?:${SCRIPT_SCHEME}[\x00-\x20]*(?://|/\*|%|\\|[!+~{<"'\x60\[(][^\s)]|[a-uw-z$_][\w$.]*(?:\s?[(\x60=\[%]|/\*)|v(?:[^o]|o[^i]|oid[\s(]*[^\s(0;)])|${SINK})|data[\x00-\x20]*:[\x00-\x20]*(?:text/(?:html|xml|xsl)|application/(?:xhtml|xml)))`,
  }),
  xss({
    id: 'xss-named-references',
    name: 'XSS: punctuation of code as references that nobody writes',
    confidence: 'high',
    about:
      '`&Tab;` or `&NewLine;` within a word, `&colon;` after a scheme, `&lpar;` after a function: browsers decode them in attributes, filters often not.',
    regex: String.raw`[a-z;]&(?:tab|newline);?[a-z&]|script\s*&colon;?|(?:${DIALOG}|eval|\w\])&lpar;?|&(?:lpar|rpar|period|sol|lsqb|lbrack|grave|bsol);[\w/]+&(?:lpar|rpar|period|sol|lsqb|lbrack|grave|bsol|colon);`,
  }),
];
