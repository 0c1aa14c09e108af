/** Ways up out of a directory. */
import { DEEPLY_DECODED, RAW_URI, type RuleSource, VALUES, VALUES_AND_HEADERS } from '../../rule.ts';
import { ANYWHERE, FILE_NAMES, file, PARAMETERS, SLASH, UP, URI_PATH, WORD } from './fragments.ts';

/** Directories at the root of a system: a path that goes up to one of them leaves the application. */
const ROOTS = String.raw`(?:etc|proc|sys|var|usr|root|home|opt|boot|dev|tmp|run|private|windows|winnt|inetpub|program(?: files|data)|users|boot\.ini|autoexec\.bat)`;

/** Percent-encodings of a dot and of slashes: once, or more often than once, or overlong, or of look-alikes. */
const DOT_ENCODED = String.raw`(?:%(?:25)*2e|%(?:25)*c0%(?:25)*[26a]e|%(?:25)*e0%(?:25)*80%(?:25)*ae|%(?:25)*ef%(?:25)*bc%(?:25)*8e|%u(?:002e|ff0e|2024)|%%32%65|%%32e|0x2e)`;
const SLASH_ENCODED = String.raw`(?:%(?:25)*(?:2f|5c)|%(?:25)*c0%(?:25)*(?:2f|5c|9v|af)|%(?:25)*c1%(?:25)*(?:1c|9c|af|8s)|%(?:25)*e0%(?:25)*80%(?:25)*af|%(?:25)*ef%(?:25)*bc%(?:25)*(?:8f|bc)|%(?:25)*e2%(?:25)*88%(?:25)*9[56]|%u(?:002f|005c|2215|2216|ff0f|ff3c|2044)|%%32%66|%%35%63|%%5c|0x2f|0x5c)`;

export const TRAVERSAL: readonly RuleSource[] = [
  file({
    id: 'lfi-traversal',
    name: 'Path traversal: several steps up in a parameter',
    confidence: 'high',
    severity: 'high',
    about:
      'A parameter that an application takes for the name of a file begins with two or more `../`, in any spelling, or gets there after a directory. Links and forms name what they want by its place in the application, not relative to code; relative paths of source code stand within text, or in JSON, which other rules judge.',
    inputs: [...PARAMETERS, ...FILE_NAMES],
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^(?:[^\s<>"'()]*[\\/=:])?["'%]*${UP}{2}|^["']?${UP}[^\s<>]*${UP}`,
  }),
  file({
    id: 'lfi-traversal-root',
    name: "Path traversal: up to a system's directory",
    confidence: 'high',
    severity: 'high',
    about:
      'The value goes up and comes down in a directory that stands at the root of a system. Projects have `../usr` as little as `../etc`.',
    inputs: ANYWHERE,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`${WORD}${UP}["']?${ROOTS}(?:${SLASH}|$)|[>=]\s*["']?${UP}{2,}${ROOTS}${SLASH}`,
  }),
  file({
    id: 'lfi-traversal-deep',
    name: 'Path traversal: six and more steps up at the start of a value',
    confidence: 'high',
    severity: 'high',
    about:
      'An attacker does not know how deep the application lies, and takes more steps than enough. Relative paths of projects rarely take more than five.',
    inputs: ANYWHERE,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^(?:[^\s<>"'()]*[\\/=:])?["'%]*${UP}{6}|[>=]\s*["']?${UP}{6}`,
  }),
  file({
    id: 'lfi-traversal-value',
    name: 'Path traversal: a value that goes several steps up',
    confidence: 'medium',
    severity: 'high',
    about:
      'A field of a body is a path that goes up at least twice. Source maps and configurations of projects have such paths too, so it is only reported.',
    inputs: VALUES,
    regex: String.raw`^(?:[\w./\\:@~-]*[\\/])?${UP}{2}\S*$|[>=]${UP}{3}`,
  }),
  file({
    id: 'lfi-step',
    name: 'Path traversal: a step up to a file of an application, in a parameter',
    confidence: 'medium',
    severity: 'medium',
    about:
      'A parameter is a single `../`, or goes one step up to source code, settings, a key or a log. Links to pages and pictures go one step up too, but not to such files.',
    inputs: PARAMETERS,
    regex: String.raw`^["']?${UP}(?:$|[\w./-]*\.(?:[jt]s|mjs|py|rb|php\d?|jsp|aspx?|go|java|cs|json|xml|ya?ml|conf|cnf|ini|log|key|pem|crt|db|sqlite3?|sql|bak|env|lock|toml|properties)(?:[?#\x00]|\s*$))`,
  }),
  file({
    id: 'lfi-dot-segments',
    name: 'Path traversal: a path of dots that go nowhere',
    confidence: 'medium',
    severity: 'medium',
    about:
      'Long runs of `./` get around comparisons with a forbidden name, and made old versions of PHP cut off an extension. Nothing that makes paths leaves more than one in them.',
    inputs: VALUES,
    regex: String.raw`^\S*(?:[\\/]\.){4}[\\/]|^\S*[\\/]\.{3}[\\/]\.{1,3}[\\/]`,
  }),
  file({
    id: 'lfi-hexadecimal-traversal',
    name: 'Path traversal: steps up whose percent signs are lost or written otherwise',
    confidence: 'high',
    severity: 'high',
    about:
      'Lists of payloads hold `..2f` and `0x2e0x2e0x2f` for filters that take the percent sign away, or applications that decode these. Two of them in a row mean nothing else.',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`(?:\.\.(?:2f|5c|0x2f|0x5c|c0af|u2215|u2216)){2}|^\.\.(?:2f|5c)\w+(?:2f|5c)|(?:0x2e){2}(?:0x2f|0x5c|[\\/])|(?:\.\.|2e2e)(?:2f|5c)(?:etc|windows|winnt|proc)(?:2f|5c)`,
  }),
  file({
    id: 'lfi-base64-traversal',
    name: 'Path traversal: steps up in base64',
    confidence: 'high',
    severity: 'high',
    about:
      'The whole value is the base64 of a path that begins with `../` or in a directory of the system, or of a wrapper of PHP, for applications that decode a name. Files and tokens in base64 begin otherwise.',
    inputs: PARAMETERS,
    caseSensitive: true,
    regex: String.raw`^(?:Li4v|Li5c|Ly4uL|XC4uX|L2V0Yy9|ZXRjL[23]|L3Byb2Mv|L3Zhci9sb2|L21hc3Rlci5w|L3Jvb3Qv|ZmlsZTovL|cGhwOi8v|QzpcV2luZG93c|QzovV2luZG93c|Lmh0YWNj|Lmh0cGFz)[\w/-]*=*$`,
  }),
  file({
    id: 'lfi-encoded-dots',
    name: 'Path traversal: steps up whose dots are encoded, in the address',
    confidence: 'high',
    severity: 'high',
    about:
      'No client encodes a dot: it is one of the characters that mean the same encoded and not (RFC 3986, 2.3). Two of them before a slash are there to get past a filter or a proxy.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`(?:${DOT_ENCODED}\.?|\.${DOT_ENCODED}){2}(?:[\\/]|${SLASH_ENCODED})|(?:${DOT_ENCODED}\.|\.${DOT_ENCODED}|${DOT_ENCODED}{2})(?:;[\w=.-]*)?(?:[\\/]|${SLASH_ENCODED}|$)`,
  }),
  file({
    id: 'lfi-encoded-slashes',
    name: 'Path traversal: steps up whose slashes are encoded, in the path or twice',
    confidence: 'high',
    severity: 'high',
    about:
      'In a path an encoded slash after two dots is not what clients send, as they resolve `..` first; in a query it is, but once only, and not as an overlong or look-alike character.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${URI_PATH}\.{2,4}(?:%(?:25)*(?:2f|5c)|%%)|\.\.(?:%(?:25)+(?:2f|5c)\.\.|%c0%|%c1%|%e0%80%af|%ef%bc%(?:8f|bc)|%e2%88%9[56]|%u|%(?:25)*(?:2f|5c)\.\.%(?:25)*(?:2f|5c)(?:\.\.|etc|windows|proc|boot|var))`,
  }),
  file({
    id: 'lfi-path-traversal',
    name: 'Path traversal: several steps up in the path of the address',
    confidence: 'high',
    severity: 'high',
    about:
      'Clients resolve `..` before they ask, so that it reaches no server; two steps, or one with parameters as Tomcat drops them, come from tools that leave paths as they are.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${URI_PATH}(?:\.\.[\\/]+(?:[^?]*[\\/])?\.\.(?:[\\/?]|$)|\.\.;[^?]*[\\/]|\.\.\\|\.{3,4}[\\/]+\.{3,4}[\\/])`,
  }),
  file({
    id: 'lfi-path-step',
    name: 'Path traversal: a step up in the path of the address',
    confidence: 'medium',
    severity: 'medium',
    about:
      'A single `/../` is left in a path by tools, and by crawlers that resolve relative links badly, so it is only reported.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${URI_PATH}\.\.(?:[\\/?;]|$)`,
  }),
];
