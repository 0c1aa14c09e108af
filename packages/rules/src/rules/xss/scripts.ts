import { DEEPLY_DECODED, type RuleSource } from '../../rule.ts';
import { DIALOG, PROOF, xss } from './fragments.ts';

/** Objects by which globals are reached as properties. */
const GLOBAL = '(?:window|self|top|this|parent|frames|globalthis|document)';
const NUMBER = '(?:0x[0-9a-f]+|\\d+)';
/** What is called where the function is an argument: the proof itself, or the compiler. */
const FUNCTION = '(?:alert|confirm|prompt|eval)';

export const SCRIPTS: readonly RuleSource[] = [
  xss({
    id: 'xss-dialog-value',
    name: 'XSS: a value that is a call of a dialog',
    confidence: 'high',
    about:
      'The whole value is `alert(1)` or its like. People search for `alert()` or ask about it in a sentence.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^[\s(]*(?:(?:window|self|top|this|parent)\s*\.\s*)?${DIALOG}(?:/\*[^*\s]*\*/)*(?:\)?[(\x60]|&lpar;?)[^\s)]+[)\x60;/]+\s*$|^[\s({]*onerror\s*=\s*(?:alert|eval|prompt|confirm)\b`,
  }),
  xss({
    id: 'xss-dialog-call',
    name: 'XSS: a call that proves that script runs',
    confidence: 'medium',
    about:
      'A dialog with a number, the domain or the cookies, or called without naming it plainly. Tutorials show texts in dialogs.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: [
      String.raw`(?:^|[^\w.$\x60-])${PROOF}|\balert\s*\?\.\s*\(|[;={}"'/*+>,|&!~^-]${DIALOG}(?:\s|/\*[^*]*\*/)+[(\x60]\s*(?:\d|document|["']|/)`,
      String.raw`\(\s*${DIALOG}\s*\)[(\x60]|\b${FUNCTION}\s*\.\s*(?:call|apply|bind)\s*[(\x60]|\[\s*["']?\w*["']?\s*\]\s*\.\s*(?:find\w*|map|some|every|filter|foreach|reduce\w*|flatmap|sort|from)\s*\(\s*${FUNCTION}\b|[^\w.]${FUNCTION}\s*,\s*\w+\s*\(|reflect\s*\.\s*\w+\s*\(\s*${FUNCTION}\b|set(?:timeout|interval)\s*[(\x60]\s*${FUNCTION}\b|[=,]\s*${FUNCTION}\s*[;,)\]}]`,
    ].join('|'),
  }),
  xss({
    id: 'xss-hidden-call',
    name: 'XSS: a function whose name is put together',
    confidence: 'high',
    about:
      "Globals reached by a property whose name is joined from pieces, written with escapes or taken from expressions (`top['al'+'ert']`, `self[/al/.source]`), and code from text by way of `constructor`. Programs that mean no harm write the name.",
    alsoDecoded: [DEEPLY_DECODED],
    regex: [
      String.raw`\b${GLOBAL}[ \t]*(?:\?\.\s*)?\[\s*(?:["'\x60]\w*["'\x60][\s+]+["'\x60/]|/\w*/|["'\x60]?\\|["'\x60](?:alert|eval|confirm|prompt|cookie|function|location)["'\x60]\s*\]|atob\s*\(|\d+\s*\.\s*\.?tostring|\(?\s*(?:[+~]|!+\[\])|object\s*\.\s*keys)`,
      String.raw`[\[(]\s*["'\x60](?:a|al|ale|aler|con|conf|e|ev|eva|p|pro|prom|promp)["'\x60][\s+]+["'\x60][a-z]`,
      String.raw`\bconstructor\s*(?:\.\s*|\[\s*["'\x60]\s*)constructor|["'\x60]constructor["'\x60]\s*\]\s*(?:\(\s*["'\x60]|\x60|\[\s*["'\x60]constructor)|[\w)\]]\s*\.\s*constructor\s*(?:\x60|\(\s*["'\x60]\s*[\w\\]+\s*[(\x60\\])`,
      String.raw`\b(?:function|eval|set(?:timeout|interval))\s*(?:\x60(?:\w*(?:\\|\$\{)|(?:alert|confirm|prompt|eval|document|location)\b)|\(\s*["'\x60][a-z]*["'\x60][\s+]+["'\x60])|\bset(?:timeout|interval)\s*\(\s*["'\x60][^"'\x60]*(?:${PROOF}|\beval\b|document\b)`,
      String.raw`\bthrow[\s/(]+(?:onerror\s*=|["'\x60]?=)|\bonerror\s*=\s*${FUNCTION}\s*[;}]|=\s*(?:alert|eval)\s*[;,]?\s*throw\b|\binstanceof\s*\{\s*\[\s*symbol|\b(?:tostring|valueof)\s*[=:]\s*${FUNCTION}\b|["'\x60]javascript["'\x60][\s+]+["'\x60]:|\.source\s*[\s+]\s*/\w+/\s*\.\s*source`,
      String.raw`\\u(?:00|\{0*)[4-7][0-9a-f]\}?\w*\s*[(\x60]|[\[(]\s*["'\x60]\w*(?:\\x[4-7][0-9a-f]|\\u00[4-7][0-9a-f]|\\1[0-7][0-7])[^"'\x60\s]*["'\x60]\s*[\])]`,
    ].join('|'),
  }),
  xss({
    id: 'xss-obfuscated-script',
    name: 'XSS: script whose letters are hidden',
    confidence: 'high',
    about:
      'Code from character codes, from base64, from the name or the address of the window, and programs of punctuation only (JSFuck, JJEncode, AAEncode).',
    alsoDecoded: [DEEPLY_DECODED],
    regex: [
      String.raw`\bfromcharcode\s*[(\x60]\s*(?:${NUMBER}\s*,\s*){3}|\beval\s*(?:\?\.)?\s*[(\x60]\s*(?:atob|unescape|string\s*\.|decodeuri|name\b|location|window\s*\.\s*name|["'\x60]\\|\+)`,
      String.raw`(?:\[\]|\(!\[\]\)|!\+\[\]|!\[\]|\+!!\[\]|\(!!\[\]\)){2,}[\[+(]|\[\]\[\(!?!?\[\]|\(!?!\[\][\s+]*\[\]\)|\(\{\}[\s+]*\[\]\)|\[\][\s+]*\{\}\)`,
      String.raw`=\s*~\[\]\s*;|\(!\[\][\s+]*""\)|\(ﾟ[ｰдΘωｰ]ﾟ\)|ﾟωﾟ`,
    ].join('|'),
  }),
  xss({
    id: 'xss-data-theft',
    name: 'XSS: cookies or storage that are sent away',
    confidence: 'high',
    about:
      "Cookies or local storage joined to a text or put in a request, as in `'//host/?'+document.cookie`. Programs read and set cookies, they don't append them to addresses.",
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`(?:["'\x60]\s*[\s+,]|[=(]\s*\x60[^\x60\s]*\$\{|(?:fetch|open|sendbeacon|send|assign|replace|postmessage)\s*\()\s*(?:(?:encodeuri(?:component)?|escape|btoa|json\.stringify|string)\s*\(\s*)*(?:(?:window|self|top|parent)\s*\.\s*)?(?:document\s*(?:\.\s*|\[\s*["'\x60]\s*)cookie|localstorage\b)|location\s*(?:\.href)?\s*=[^;\n]*document\s*\.\s*cookie`,
  }),
  xss({
    id: 'xss-page-written',
    name: 'XSS: script that writes the page or its address from text',
    confidence: 'medium',
    about:
      'Markup with script written to the page, an address that is set to a script or to what the address carries. Programs do the like with their own elements, so that it is only reported.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`\bdocument\s*\.\s*write(?:ln)?\s*[(\x60]\s*["'\x60]?\s*(?:<|\\x3c|\\u003c|%3c|unescape|location|name\b|atob|string)|\.(?:inner|outer)html\s*\+?=\s*["'\x60]?\s*(?:<\s*(?:script|img|svg|iframe)|location|name\b)|insertadjacenthtml\s*\([^,]*,\s*["'\x60]\s*<(?:script|img|svg|iframe)|\blocation\s*(?:\.\s*href\s*)?=\s*(?:["'\x60]\s*(?:javascript|data):|name\b|location\s*\.\s*(?:hash|search)|atob|string\.)|createelement\s*\(\s*["'\x60]script["'\x60]\s*\)[^<\n]*\.src\s*=\s*["'\x60]\s*(?:https?:)?//|\.postmessage\s*\(\s*["'\x60]\s*<|^\s*postmessage\s*\(|^\W*(?:(?:window|self|top|document|parent)\s*\.\s*)?location(?:\s*\.\s*href)?\s*=\s*["'\x60]?\s*(?:https?:)?//|^\W*(?:new\s+image|document\s*[.\[]\s*["'\x60]?\s*(?:cookie|domain|body))`,
  }),
  xss({
    id: 'xss-document-access',
    name: 'XSS: script that reads cookies',
    confidence: 'low',
    weight: 2,
    about: 'Code that names cookies, storage or the address of the window: attacks do, and so do programs.',
    regex: String.raw`\bdocument\s*(?:\.\s*|\[\s*["'\x60]\s*)(?:cookie|domain|location|documentelement)\b|localstorage\s*[.\[]|\.innerhtml\s*=|\b(?:window|self|top|parent)\s*\.\s*(?:location|name|opener)\s*=`,
  }),
  xss({
    id: 'xss-dialog',
    name: 'XSS: a dialog',
    confidence: 'low',
    weight: 2,
    about: 'A dialog with any text. Tutorials have them, so that it takes company.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`(?:^|[^\w.$-])${DIALOG}\s*[(\x60]\s*["'\x60\w\[(]`,
  }),
];
