import { DEEPLY_DECODED, RAW_URI, type RuleSource, VALUES_AND_HEADERS } from '../rule.ts';

const xml = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  severity: 'high',
  ...(rule.confidence === 'high' && !rule.transformers && { alsoDecoded: [DEEPLY_DECODED] }),
  inputs: [...VALUES_AND_HEADERS, ...RAW_URI],
  ...rule,
  type: 'xxe',
  owasp: 'A05:2021',
  cwe: '611',
  capec: '1000/152/248/250',
});

const NAME = String.raw`[\w.:-]+`;
/** `%` of a parameter entity, also as a reference. */
const PARAMETER = String.raw`(?:(?:%|&#x0*25;|&#0*37;)\s*)?`;

export const XXE: readonly RuleSource[] = [
  xml({
    id: 'xxe-external-entity',
    name: 'XXE: an external entity',
    confidence: 'high',
    severity: 'critical',
    about:
      'A parser that resolves entities loads the file or the address that one names. Documents that programs exchange declare no entities, and those of authors have them in files of their own.',
    regex: String.raw`<!entity\s+${PARAMETER}${NAME}\s+(?:system|public)\s*["'&]`,
  }),
  xml({
    id: 'xxe-external-doctype',
    name: 'XXE: a document type that is loaded from a file or a foreign address',
    confidence: 'high',
    about:
      'The document type itself is loaded, by a scheme that reads files or runs programs, from a number, or under an identifier that no standard has. Known document types are at plain addresses.',
    regex: String.raw`<!doctype\s+${NAME}\s+(?:system|public\s+["'][^"'/]*["'])\s*["'](?:file|ftp|php|expect|jar|netdoc|gopher|data|ldap|dict|phar|zip|compress|//|\\\\|/|\.\./|[a-z]:|https?://(?:\d|\[|localhost|[\w.-]+:\d|[\w.-]*(?:oast|burp|interact|ngrok|webhook|requestbin)))|<!doctype\s+${NAME}\s+public\s+["'](?:[^"'/]*|[-+]//[^"'/]*(?:/[^"'/]+)*)["']\s*["'](?:https?|ftp|file):`,
  }),
  xml({
    id: 'xxe-foreign-doctype',
    name: 'XXE: a document type at some address',
    confidence: 'medium',
    about: 'The same at a plain address, as settings of programs in Java have it too.',
    regex: String.raw`<!doctype\s+${NAME}\s+system\s*["']`,
  }),
  xml({
    id: 'xxe-parameter-entity',
    name: 'XXE: a parameter entity that is declared and used in the document type',
    confidence: 'high',
    about:
      'Parameter entities build declarations out of what another read, to send it away. They only make sense in a document type, which what programs send does not bring.',
    regex: String.raw`<!entity\s+%\s*${NAME}\s+["'][^>]*<!entity|<!entity\s+%\s*${NAME}\s+["'][^"']*(?:&#|%)|<!doctype\s[^>\[]*\[\s*%\s*${NAME};|%\s*${NAME};\s*(?:%\s*${NAME};\s*)*\]\s*>`,
  }),
  xml({
    id: 'xxe-entity-bomb',
    name: 'XXE: entities made of entities',
    confidence: 'high',
    about:
      'Each entity holds the one before many times, so that a few lines expand to gigabytes. Real entities hold a word or an address.',
    regex: String.raw`<!entity\s+${PARAMETER}${NAME}\s+["'][^"'<]*(?:&amp;|&|%)[\w.:-]+;[^"'<]*(?:&|%)[\w.:-]+;|(?:&(?:lol|a|b|c|x|y|z|ha)\d*;){8}`,
  }),
  xml({
    id: 'xxe-internal-doctype',
    name: 'XXE: a document type that declares an entity of plain text',
    confidence: 'high',
    severity: 'medium',
    about:
      'Probes first look whether entities are expanded at all: `<!DOCTYPE x [<!ENTITY foo "bar">]>`. Drawings of some programs declare entities too, but for addresses of namespaces.',
    regex: String.raw`<!doctype\s+${NAME}\s*\[\s*(?:<!element[^>]*>\s*)*<!entity\s+${PARAMETER}${NAME}\s+["'](?:[a-gi-z0-9<]|h[a-su-z0-9 ])[\w <>]`,
  }),
  xml({
    id: 'xxe-internal-entity',
    name: 'XXE: a document that declares an entity',
    confidence: 'medium',
    severity: 'medium',
    about:
      'Probes first look whether entities are expanded at all. Drawings of some programs declare entities that are names of addresses, which are left alone.',
    regex: String.raw`<!entity\s+${PARAMETER}${NAME}\s+["'](?:[^h"'&]|h[^t])`,
  }),
  xml({
    id: 'xxe-undeclared-entity',
    name: 'XXE: a reference to an entity that HTML does not have',
    confidence: 'medium',
    severity: 'low',
    about:
      'References to entities of a document type that stands elsewhere, by the names that testers give them.',
    regex: String.raw`(?:^|>)\s*[^<&]*&(?:xxe|\w*entity|foo|bar|payload|exfil|evil|ext|send|file|systementity)\d*;|^\s*%(?:foo|xxe|dtd|ext|file|remote|payload|send|all|param\w*);\s*$`,
  }),
  xml({
    id: 'xxe-xinclude',
    name: 'XXE: a file that is included by XInclude',
    confidence: 'high',
    about:
      'Where the value is only a part of a document, XInclude reads a file without a document type. Documents of authors include their chapters, and name its namespace at their top.',
    regex: String.raw`<\w+:include\b[^>]*(?:href|parse)\s*=\s*["'](?:file:|https?:|/|\.\./|php:|text["'])|<\w+[^>]*xmlns(?::\w+)?\s*=\s*["']https?://www\.w3\.org/200[13]/xinclude`,
  }),
  xml({
    id: 'xxe-style-sheet',
    name: 'XXE: a style sheet that reads files, calls functions or loads classes',
    confidence: 'high',
    severity: 'critical',
    about:
      'Processors of XSLT read documents by `document()`, call PHP and Java by namespaces, and run scripts. Style sheets of authors stay with what they are given.',
    regex: String.raw`<xsl:[^>]*(?:document\s*\(\s*["'](?:/|file|https?|ftp|\.\.|[a-z]:|php)|unparsed-text\s*\(|php:function|system-property\s*\(\s*["']xsl:v|:exec\s*\(|getruntime|saxon:evaluate|environment-variable)|<msxsl:script|xmlns:\w+\s*=\s*["'](?:http://xml\.apache\.org/xalan/java|http://php\.net/xsl|xalan://|java:|urn:schemas-microsoft-com:xslt["'][^>]*xmlns:user|http://xsltsl\.org|clitype:)|<(?:exsl|redirect|saxon):(?:document|write|output)\b|<xsl:(?:include|import|result-document)[^>]+href\s*=\s*["'](?:file|https?|ftp|/etc|php|\.\./\.\.)`,
  }),
  xml({
    id: 'xxe-processing-instruction',
    name: 'XXE: a style sheet that is loaded from another host',
    confidence: 'medium',
    about: 'Feeds name a style sheet for readers too, so this one reports.',
    regex: String.raw`<\?xml-stylesheet[^>]+href\s*=\s*["'](?:file|https?|ftp|php|//)`,
  }),
  xml({
    id: 'xxe-encoding',
    name: 'XXE: a document in an encoding that hides what it is',
    confidence: 'high',
    about:
      'UTF-7 and EBCDIC say `<!ENTITY` in other letters, so that filters pass them. Programs write UTF-8 or UTF-16.',
    regex: String.raw`<\?xml[^>]*encoding\s*=\s*["'](?:utf-?7|ibm-?\d+|cp-?037|cp-?1047|ebcdic[\w-]*|utf-?32\w*|ucs-?4|iso-10646-ucs-4)["']|\+adw[-a]?(?:aiq|!|\+acE)-?(?:doctype|entity)|\+adw-!(?:doctype|entity)|\+adwaiq-?(?:doctype|entity)`,
    transformers: ['htmlEntityDecode', 'removeNulls'],
  }),
  xml({
    id: 'xxe-base64',
    name: 'XXE: an external entity in base64',
    confidence: 'high',
    about:
      'Messages of single sign-on come in base64, and with a declaration of an entity in them. The three ways that `<!ENTITY` can stand in base64 are words that nothing else has.',
    inputs: VALUES_AND_HEADERS,
    caseSensitive: true,
    regex: 'PCFFTlRJVFk[gJKN]|whRU5USVRZ[ICQ]|8IUVOVElUW[Skh]',
  }),
  xml({
    id: 'xxe-cdata-evasion',
    name: 'XXE: CDATA sections that put a tag or an injection together',
    confidence: 'high',
    about:
      'What a filter does not see as a tag or as the end of a string becomes one when the sections are joined. Generators use one section for a whole text, or break it only at its own end mark.',
    regex: String.raw`<!\[cdata\[\s*<\]\]>|[^\]]\]\]>\s*<!\[cdata\[|<!\[cdata\[\s*['"]\s*(?:or|and|;|\|\||\))`,
  }),
  xml({
    id: 'xxe-image',
    name: 'XXE: a drawing that makes an image library read files or run commands',
    confidence: 'high',
    about:
      'Image libraries read files that an SVG refers to, and commands in drawings of ImageMagick. Drawings refer to parts of themselves, or to pictures at addresses.',
    regex: String.raw`(?:xlink:)?href\s*=\s*["'](?:expect|php|msl|ephemeral|label|caption|mvg|text|gopher|dict):[^"']|<image[^>]+href\s*=\s*["']file:|\bpush\s+graphic-context\b|<image\s+authenticate\s*=|<read\s+filename\s*=`,
  }),
  xml({
    id: 'xxe-xmlrpc-probe',
    name: 'XML-RPC: a method that probes and scanners call',
    confidence: 'medium',
    severity: 'medium',
    about: 'Methods that list others, call many at once, or make the server fetch an address.',
    regex: String.raw`<methodname>\s*(?:demo\.\w+|pingback\.ping|system\.(?:multicall|listmethods|methodsignature|getcapabilities)|wp\.getusersblogs)\s*</methodname>`,
  }),
  xml({
    id: 'xxe-probe-document',
    name: 'XXE: a document without content, as probes send it',
    confidence: 'medium',
    severity: 'low',
    about:
      'A declaration and nothing after it, or an element that holds nothing: what shows whether a field is parsed as XML. Programs send documents that say something.',
    regex: String.raw`^\s*<\?xml[^>]*\?>\s*$|^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!\[cdata\[)?\s*<(?:test|foo|xxe|root|a|x|poc)>(?:test|foo)?</(?:test|foo|xxe|root|a|x|poc)>|^\s*<!\[cdata\[`,
  }),
];
