import { DEEPLY_DECODED, type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { ACTION, BEGINNING, PROOF, REFLECTED, xss } from './fragments.ts';

/** The start of a script element; a prefix makes it one in XML. */
const SCRIPT = String.raw`<[\s\x00]*(?:[\w-]+:)?script`;

export const ELEMENTS: readonly RuleSource[] = [
  xss({
    id: 'xss-script-element',
    name: 'XSS: a script element that starts a value, or whose code is an attack',
    confidence: 'high',
    about:
      'A script element at the start of the value or behind text on the same line, one whose first statement proves that script runs or sends data away, or one with a foreign source that is not quoted. Documentation has it after a line break or a backtick, with code over several lines.',
    inputs: REFLECTED,
    alsoDecoded: [DEEPLY_DECODED],
    regex: [
      // Code on the same line, or a source, where a value begins or breaks out of an attribute or an element.
      String.raw`(?:${BEGINNING}|^\s*[^\s<]*["'\x60>;)}\]]\s*|[^\s\x60"'(\w]|[^\s\x60"'(][ \t]+)${SCRIPT}(?:[\s/][^>]*)?(?:\bsrc\s*=|\bhref\s*=|>[ \t]*[^\s<\x60][^\n<]*(?:[(=\[\x60;]|&lpar|<[\s\\]*/))`,
      // The first statement, wherever it is.
      String.raw`${SCRIPT}(?:[\s/][^>]*)?>\s*(?:(?:/\*[^*]*\*/|//[^\n<]*\n|<!--)\s*)?(?:javascript:)*(?:\w+\s*=\s*)?["'\x60;{}()\s]*(?:${PROOF}|${ACTION})|${SCRIPT}[\s/][^<>]*=\s*["'\x60][^"'\x60<]*>[^<]*\bsrc\s*=`,
      String.raw`${SCRIPT}[\s/][^>]*\b(?:src|href)\s*=\s*(?:["'\x60]\s*(?:data:|\\)|(?:https?:|//|data:|\\))`,
      // Spellings that only filters are meant to stumble over.
      String.raw`<[\s\x00]*script(?:/|\x0b|\x0c|[<"'\x60{~+%]|\\)[^>]*[>=]|<[a-z/]*<\s*/?script|</script[\s/]+[a-z]|</?s(?:c(?:r(?:i(?:p)?)?)?)?</?script|<\s*script[^>]*type\s*=\s*["']?\s*(?:importmap|speculationrules)`,
      String.raw`<+scr\\0+ipt`,
    ].join('|'),
  }),
  xss({
    id: 'xss-script-element-in-text',
    name: 'XSS: a script element',
    confidence: 'medium',
    about:
      'A script element with a source or code anywhere in a text. Pages of documentation have it too, so that it is only reported.',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`${SCRIPT}(?:[\s/][^>]*)?(?:\bsrc\s*=|\bhref\s*=|>\s*[^\s<\x60'"][^<\x60]*[(=\[])|<\s*/\s*script\s*>`,
  }),
  xss({
    id: 'xss-svg-mathml',
    name: 'XSS: active content in SVG or MathML',
    confidence: 'high',
    about:
      'Animation that sets a link or a handler, elements that are taken from another document, and links of MathML. Drawings animate lengths and colours and use parts of themselves.',
    inputs: VALUES_AND_HEADERS,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`<\s*(?:\w+:)?(?:animate\w*|set)\b[^<>]*attributename\s*=\s*["'\x60]?\s*(?:(?:xlink:)?href|on[a-z]+|innerhtml)|<\s*(?:\w+:)?use\b[^<>]*href\s*=\s*["'\x60]?\s*(?:data:|https?:|//)|<\s*math\b[^<>]*(?:\shref\s*=|>[^<]*<\s*a\b)|<\s*maction\b[^<>]*(?:href|actiontype\s*=\s*["']?statusline)|<\s*(?:\w+:)?(?:listener|handler)\b[^<>]*\b(?:handler|event)\s*=|\bev:(?:handler|event)\s*=|<\s*(?:mglyph|malignmark)\b|xlink:actuate\s*=\s*["']?onload`,
  }),
  xss({
    id: 'xss-mutation',
    name: 'XSS: markup that is another after it was parsed twice',
    confidence: 'high',
    about:
      'An attribute that holds the end of an element whose text is no markup, or such an element where the parser changes between HTML, SVG and MathML: sanitisers see text where browsers see elements.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`<[a-z][^<>]*\s[a-z-]+\s*=\s*["'\x60][^"'<>\x60]*</(?:title|textarea|style|noscript|xmp|noembed|noframes|iframe|template|p|math|svg)\b|<[a-z][^<>]*=\s*["'][^"'<>]*--!?>\s*<|<(?:svg|math)\b[^<]*(?:</(?:p|br)>[^<]*|<(?:mtext|mi|mo|mn|ms|p|br|desc|title|foreignobject|annotation-xml)\b[^<>]*>[^<]*(?:<(?:table|form|a)\b[^<>]*>[^<]*)?)<(?:style|textarea|noscript|mglyph|malignmark|xmp|/form)\b|<form>\s*<math>`,
  }),
  xss({
    id: 'xss-frame',
    name: 'XSS: a document in an attribute, or a page that goes elsewhere',
    confidence: 'high',
    about:
      'The source of a frame in its `srcdoc`, a refresh to a script or to another site, cookies set by an element, and a base that starts the value: what follows in the page is loaded from there.',
    inputs: REFLECTED,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`<\s*iframe\b[^<>]*\bsrcdoc\s*=\s*["'\x60]?[^"'\x60>]*(?:<|&lt|&#|%3c)|<\s*meta\b[^<>]*http-equiv\s*=\s*["'\x60]?\s*set-cookie|<\s*meta\b[^<>]*\burl\s*=\s*["'\x60]?\s*(?:javascript|data|vbscript)[\x00-\x20]*:|${BEGINNING}<\s*(?:meta\b[^<>]*http-equiv\s*=\s*["'\x60]?\s*refresh|base\b[^<>]*(?:href|target)\s*=|link\b[^<>]*rel\s*=\s*["'\x60]?(?:import|stylesheet)["'\x60]?[^<>]*href\s*=\s*(?:["'\x60]?\s*//|https?:)|(?:object|embed|applet|portal|fencedframe)\b[^<>]*\b(?:data|src|code|codebase)\s*=\s*(?:["'\x60]?\s*//|https?:)|iframe\b[^<>]*\bsrc\s*=\s*(?:https?:|//|\\))|text/x-scriptlet|<\s*base\b[^<>]*href\s*=\s*["'\x60]?\s*(?:javascript:|data:|//)|<\s*(?:meta|script|link|\?xml)\b[^<>]*(?:charset|encoding)\s*=\s*["'\x60]?\s*[\w-]*utf-?7`,
  }),
  xss({
    id: 'xss-embedding-element',
    name: 'XSS: an element that embeds a document or a plug-in',
    confidence: 'medium',
    severity: 'medium',
    about:
      'Plug-ins, portals, imports and elements that only old browsers know, with an attribute that loads something. Editors of rich text give none of them.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`<\s*(?:object|embed|applet|portal|fencedframe|frame|bgsound|layer|ilayer|isindex|xml|import|xss|event-source)[\s/]+[^<>]*\b(?:src|data|code|codebase|classid|url|href|action|type|implementation|style)\s*=|<\s*base\b[^<>]*href\s*=\s*["'\x60]?\s*https?:|<\s*meta\b[^<>]*http-equiv\s*=\s*["'\x60]?\s*(?:refresh|link|content-security-policy)|<\s*link\b[^<>]*rel\s*=\s*["'\x60]?\s*import|<\s*link\b[^<>]*href\s*=\s*(?:https?:|//|["'\x60]\s*(?://|data:text/css))|${BEGINNING}<\s*link\b[^<>]*href\s*=\s*["'\x60]\s*https?:|${BEGINNING}<\s*iframe\b[^<>]*src\s*=\s*["'\x60]\s*http:|<\s*iframe\b[^<>]*src\s*=\s*(?:https?:|//)|\bsrcdoc\s*=|\sformaction\s*=|<\s*form\b[^<>]*action\s*=\s*["'\x60]?\s*//|<\s*plaintext\b[^<>]*>|<\s*a\b[^<>]*\sping\s*=|<\s*(?:input|textarea)\b[^<>]*\sdirname\s*=`,
  }),
  xss({
    id: 'xss-old-markup',
    name: 'XSS: active markup of old browsers',
    confidence: 'medium',
    severity: 'low',
    about:
      'Data islands, behaviours, HTML+TIME, style sheets and attribute lists of XML that carry script, as old versions of Internet Explorer, Firefox and Opera ran them.',
    regex: String.raw`\bdatafld\s*=|\bdataformatas\s*=|\bdatasrc\s*=\s*["'\x60]?\s*#|#default#time|<\?(?:import|xml:namespace)\b|<xml:namespace\b|urn:schemas-microsoft-com:time|<!attlist\b|<\?xml-stylesheet\b[^>]*\bhref\s*=\s*["']?\s*(?:data:|javascript:|#)|<xsl:stylesheet\b|TR/WD-xsl|<\s*(?:svg|math):[a-z]|<!entity\b[^>]*(?:<|&#x?0*(?:60|3c);?)|activexobject\s*\(\s*(?:["']|&apos;)\s*(?:htmlfile|wscript)|xmlns\s*=\s*["']?x-schema:|\bxmlns:\w+\s*=\s*["']?(?:http://www\.wapforum|xss)|\bfeimage\b|contentscripttype\s*=|=\s*["'\x60]?\s*(?:mhtml|view-source):|<\s*xss\s*>|=\s*["']?&\{|<\s*event-source\b`,
  }),
  xss({
    id: 'xss-framed-page',
    name: 'XSS: a frame',
    confidence: 'low',
    weight: 2,
    severity: 'medium',
    about: 'A frame or a plug-in without more. Editors of rich text embed videos and maps by frames.',
    regex: String.raw`<\s*(?:iframe|frameset|object|embed|applet|marquee|style|svg|math)(?:[\s/][^<>]*)?>`,
  }),
];
