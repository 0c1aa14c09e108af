import { header, RAW_URI, type RuleSource } from '../rule.ts';

const HEADER_NAMES = [{ address: 'server.request.headers.no_cookies', transformers: ['keys_only'] }];
const headers = (...names: string[]) => names.flatMap(header);

const protocol = (rule: Omit<RuleSource, 'type' | 'cwe'> & { cwe?: string }): RuleSource => ({
  // The encoding itself is what these look at.
  transformers: [],
  severity: 'medium',
  owasp: 'A05:2021',
  ...rule,
  type: 'http_protocol_violation',
});

const METHODS = '(?:get|post|put|delete|head|options|patch|trace|connect)';

/** What is odd about the address. */
const ADDRESS: readonly RuleSource[] = [
  protocol({
    id: 'http-null-byte',
    name: 'HTTP: a null byte in the address',
    confidence: 'high',
    severity: 'high',
    cwe: '158',
    capec: '1000/153/267/120/52',
    about:
      'Where a null byte ends a string, what is checked and what is opened differ: `shell.php%00.png`. Texts have none.',
    inputs: RAW_URI,
    regex: String.raw`%(?:25)*00(?:[^0-9]|$)|%(?:25)*00\d{0,2}[^0-9]|%u0000|%c0%80|%e0%80%80`,
  }),
  protocol({
    id: 'http-null-byte-in-value',
    name: 'HTTP: a null byte in a value',
    confidence: 'medium',
    cwe: '158',
    capec: '1000/153/267/120/52',
    about: 'The same in a form, a cookie or JSON. Uploads of bytes as text may have them.',
    inputs: [
      { address: 'server.request.query' },
      { address: 'server.request.cookies' },
      { address: 'server.request.path_params' },
    ],
    regex: String.raw`\x00`,
  }),
  protocol({
    id: 'http-overlong-encoding',
    name: 'HTTP: overlong UTF-8, or the %u encoding of plain letters, in the address',
    confidence: 'medium',
    cwe: '176',
    capec: '1000/153/267/80',
    about:
      'Forms of dots, slashes and brackets that only a careless decoder understands. Addresses in other encodings than UTF-8 can have the same bytes.',
    inputs: RAW_URI,
    regex: String.raw`%c[01]%[89ab][0-9a-f]|%e0%8[0-9a-f]%[89ab][0-9a-f]|%f0%8[0-9a-f]%|%f8%8[0-9a-f]%|%u00[2-7][0-9a-f]|%uff(?:0[27ef]|1[ce]|3[bc])|%u22(?:15|16)|%u2044`,
  }),
  protocol({
    id: 'http-double-encoding',
    name: 'HTTP: characters of attacks encoded twice in the address',
    confidence: 'medium',
    cwe: '174',
    capec: '1000/153/267/120',
    about:
      'Encoded twice, a bracket or a quote passes what decodes once. Addresses within addresses are encoded twice too, but hold slashes and colons, not these.',
    inputs: RAW_URI,
    regex: String.raw`%25(?:25)*(?:2e%25(?:25)*2e|00|0a|0d|27|3c|5c|60|7c|24%25(?:25)*7b|7b%25(?:25)*7b)`,
  }),
  protocol({
    id: 'http-sign-broken-encoding',
    name: 'Sign: percent signs in the address that encode nothing',
    confidence: 'low',
    weight: 1,
    cwe: '172',
    about:
      'Tools that send what they have as it is leave percent signs alone; so do people who write "100%".',
    inputs: RAW_URI,
    regex: String.raw`%(?:[g-z]|[^0-9a-z%][^ ]*%[^0-9a-f]|[0-9a-f][g-z])`,
  }),
  protocol({
    id: 'http-terminal-escape',
    name: 'HTTP: an escape sequence for terminals in the address',
    confidence: 'medium',
    cwe: '150',
    capec: '1000/210/268/93',
    about: 'Logs that are read in a terminal hand the sequence to it. Texts have no escape characters.',
    inputs: RAW_URI,
    regex: String.raw`%1b(?:%5b|%5d|\[|\]|%50)|\x1b[\[\]]`,
  }),
  protocol({
    id: 'http-foreign-target',
    name: 'HTTP: a target that names another server, or none',
    confidence: 'medium',
    cwe: '441',
    capec: '1000/210/220',
    about:
      'A whole address, or one that begins with `@`, to be sent on by what takes itself for a proxy. Browsers send paths.',
    inputs: RAW_URI,
    regex: String.raw`^(?:[@.\\:]|//?@|(?:https?|ftp|gopher|file|dict|ldap|ws)://)`,
  }),
  protocol({
    id: 'http-request-in-address',
    name: 'HTTP request smuggling: a second request in the address',
    confidence: 'high',
    severity: 'high',
    cwe: '444',
    capec: '1000/210/220/33',
    about:
      'A line break, and a request line after it, which some server on the way takes for the next request.',
    inputs: RAW_URI,
    transformers: ['urlDecodeUni'],
    regex: String.raw`(?:[\r\n]|嘊|嘍|%0[ad])+\s*${METHODS}\s+\S+\s+http/\d`,
  }),
  protocol({
    id: 'http-request-in-body',
    name: 'HTTP request smuggling: a last chunk and a second request in a value',
    confidence: 'high',
    severity: 'high',
    cwe: '444',
    capec: '1000/210/220/33',
    about:
      'The chunk of length 0 ends a body for one server, and what follows begins a request. Records of HTTP that people post have heads of answers there.',
    inputs: [{ address: 'server.request.body' }, { address: 'server.request.query' }],
    regex: String.raw`(?:^|[\r\n])0+\r?\n\r?\n${METHODS}\s+\S+\s+http/\d|^\s*${METHODS}\s+\S*(?:admin|internal|login|\bx\b|404)\S*\s+http/1\.[01]\r?\n(?:x-ignore|foo|x)\s*:`,
  }),
];

/** What servers on the way read in different ways. */
const FRAMING: readonly RuleSource[] = [
  protocol({
    id: 'http-transfer-encoding',
    name: 'HTTP request smuggling: a transfer encoding written to be read in two ways',
    confidence: 'high',
    severity: 'high',
    cwe: '444',
    capec: '1000/210/220/33',
    about:
      'One server takes the body for chunked and the other does not: `xchunked`, `chunked, identity`, a tab before the word. Clients write `chunked` and nothing else, rarely with a compression before it.',
    inputs: header('transfer-encoding'),
    regex: String.raw`chunked.*chunked|chunked\s*[,;]|identity\s*,|[\w.-]chunked|chunked[^\s,;]|chunk(?:$|[^e])|chunke(?:$|[^d])|[\x00-\x08\x0b-\x1f"'\[\]=]|^\s*,|^\s+\S|\bcow\b|\x{a0}`,
  }),
  protocol({
    id: 'http-length-and-chunks',
    name: 'HTTP request smuggling: a length and chunks at once',
    confidence: 'high',
    severity: 'high',
    cwe: '444',
    capec: '1000/210/220/33',
    about:
      'A request with both has two ends, and servers choose differently. A sender must not send both (RFC 9112, section 6.2), and clients do not.',
    inputs: header('transfer-encoding'),
    regex: String.raw`\S`,
    and: [{ inputs: header('content-length'), regex: String.raw`\d` }],
  }),
  protocol({
    id: 'http-content-length',
    name: 'HTTP request smuggling: a length that is not one number',
    confidence: 'high',
    severity: 'high',
    cwe: '444',
    capec: '1000/210/220/33',
    about: 'Two lengths, a sign, a hexadecimal number or one that overflows, read differently along the way.',
    inputs: header('content-length'),
    regex: String.raw`^\s*[^\d\s]|^\s*\d+\s*[^\d\s]|^\s*\d+\s+\d|^\s*\d{16}`,
  }),
  protocol({
    id: 'http-header-name',
    name: 'HTTP request smuggling: a name of a header that another server could read as a framing header',
    confidence: 'high',
    severity: 'high',
    cwe: '444',
    capec: '1000/210/220/33',
    about:
      'Underscores, blanks and control characters in the names of the headers that say how long a body is, and line breaks in any name.',
    inputs: HEADER_NAMES,
    regex: String.raw`^(?:transfer[^a-z-]+encoding|content[^a-z-]+length|[^a-z]+(?:transfer-encoding|content-length|host)|(?:transfer-encoding|content-length)[^a-z-]+)$|[\r\n\x00 ]`,
  }),
  protocol({
    id: 'http-connection-header',
    name: 'HTTP: headers that the next server is to drop',
    confidence: 'medium',
    severity: 'high',
    cwe: '444',
    capec: '1000/210/220/33',
    about:
      'What `Connection` names is removed before a request is passed on, so that `Connection: close, X-Forwarded-For` hides who asks. Clients name what concerns the connection.',
    inputs: header('connection'),
    regex: String.raw`(?:^|[,\s])(?:x-[\w-]+|cookie|authorization|host|content-\w+|cf-[\w-]+|forwarded|origin|referer)(?:$|[,\s])`,
  }),
  protocol({
    id: 'http-range-flood',
    name: 'HTTP: many ranges in one request, or one that overflows',
    confidence: 'high',
    cwe: '400',
    capec: '1000/210/125',
    about:
      'Each range is a copy of a part of the file in memory, and the end of one beyond 64 bits has crashed a kernel. Players ask for one range at a time.',
    inputs: headers('range', 'request-range'),
    regex: String.raw`=(?:\s*\d*-\d*\s*,){8,}|\d{19}`,
  }),
  protocol({
    id: 'http-method',
    name: 'HTTP: a method that servers keep for debugging and proxies, or that is none',
    confidence: 'medium',
    cwe: '650',
    capec: '1000/225/122/274',
    about:
      'TRACE shows headers, CONNECT asks for a tunnel, and unknown words test what checks only known ones.',
    inputs: [{ address: 'server.request.method' }],
    regex: String.raw`^(?:trace|track|debug|connect|bogus|foo\w*|test|jeff|hax\w*|attack)$|[^a-z-]`,
  }),
  protocol({
    id: 'http-method-override',
    name: 'HTTP: a header that changes the method into one for debugging, or into none',
    confidence: 'medium',
    cwe: '650',
    capec: '1000/225/122/274',
    about: 'Frameworks take the method from these headers after others have checked the real one.',
    inputs: headers('x-http-method-override', 'x-http-method', 'x-method-override'),
    regex: String.raw`^\s*(?:trace|track|debug|connect)\s*$|[^a-z\s-]`,
  }),
];

/** What says who asks, and for which host. */
const ORIGIN: readonly RuleSource[] = [
  protocol({
    id: 'http-host-header',
    name: 'HTTP: a host that no host name can be',
    confidence: 'high',
    cwe: '644',
    capec: '1000/210/272/220/105',
    about:
      'Applications build links and choose tenants by the host. Names have letters, digits, dots and hyphens; brackets, slashes, blanks and quotes are injected.',
    inputs: header('host'),
    regex: String.raw`[\s<>"'(){}\\/|;$\x60@,?#&=]|^[^\[]*:\d*\D|\.\.`,
  }),
  protocol({
    id: 'http-forwarded-host',
    name: 'HTTP: a forwarded host or scheme that cannot be one',
    confidence: 'high',
    cwe: '644',
    capec: '1000/210/272/220/105',
    about:
      'The same in the headers by which proxies pass on what was asked for: markup, a path, or a scheme of no protocol, to be kept by a cache.',
    inputs: headers(
      'x-forwarded-host',
      'x-host',
      'x-forwarded-server',
      'x-original-host',
      'x-forwarded-proto',
      'x-forwarded-scheme',
      'x-forwarded-port',
    ),
    regex: String.raw`[<>"'(){}\\|;$\x60@?#&=]|//|[\w]/|\bnothttps?\b|:\d+[^\d,\s]`,
  }),
  protocol({
    id: 'http-rewritten-path',
    name: 'HTTP: a header that sets the path to a protected one',
    confidence: 'medium',
    severity: 'high',
    cwe: '436',
    capec: '1000/210/272/220/105',
    about:
      'Some frameworks route by `X-Original-URL` and `X-Rewrite-URL`, after a proxy has allowed another path. Proxies set them too, to the path that was asked for.',
    inputs: headers(
      'x-original-url',
      'x-rewrite-url',
      'x-override-url',
      'x-forwarded-uri',
      'x-forwarded-path',
    ),
    regex: String.raw`^/*(?:admin|console|manager|internal|private|actuator|debug|server-status|phpmyadmin|wp-admin|management|metrics|dashboard/admin|api/admin|v\d/admin|\.|%2e)|\.\.|//|%|;|\bnonexist|\brandom`,
  }),
  protocol({
    id: 'http-sign-local-client',
    name: 'Sign: a forwarded address of the server itself',
    confidence: 'low',
    weight: 2,
    cwe: '290',
    about:
      'Claims to come from the server or its network, to pass a list of allowed addresses. Proxies on the same host say so too.',
    inputs: headers('x-forwarded-for', 'x-real-ip', 'forwarded'),
    regex: String.raw`^\s*(?:for=)?"?(?:127\.|0\.0\.0\.0|::1|\[::1|localhost|0x7f|2130706433|017700000001)`,
  }),
  protocol({
    id: 'http-local-client',
    name: 'HTTP: the address of the server itself in a header that only attackers set',
    confidence: 'medium',
    severity: 'high',
    cwe: '290',
    about:
      'Lists of headers that some product might take the address of the client from, each set to the server. Proxies have one such header, and it holds who asked.',
    inputs: headers(
      'x-originating-ip',
      'x-remote-ip',
      'x-remote-addr',
      'x-client-ip',
      'x-custom-ip-authorization',
      'x-forwarded',
      'x-forwarded-by',
      'x-forward-for',
      'x-true-ip',
      'true-client-ip',
      'cf-connecting-ip',
      'client-ip',
      'x-cluster-client-ip',
      'x-proxyuser-ip',
      'x-forwarded-for-original',
      'x-wap-profile',
      'x-arbitrary',
    ),
    regex: String.raw`^\s*"?(?:127\.|0\.0\.0\.0|::1|\[::1|localhost|10\.0\.0\.[01]\b|192\.168\.[01]\.1\b|169\.254\.|0x7f|2130706433|http://127)`,
  }),
  protocol({
    id: 'http-forwarded-for-injection',
    name: 'HTTP: a forwarded address that cannot be one',
    confidence: 'high',
    cwe: '348',
    about:
      'Applications store the forwarded address, and put it into statements and logs. Addresses have digits, letters, dots and colons.',
    inputs: headers('x-forwarded-for', 'x-real-ip', 'client-ip', 'x-client-ip', 'true-client-ip'),
    regex: String.raw`['<>(){}\\;$\x60|*]|//|\bsleep\b|\bselect\b`,
  }),
  protocol({
    id: 'http-proxy-header',
    name: 'HTTP: a header that becomes the setting of a proxy',
    confidence: 'high',
    severity: 'high',
    cwe: '807',
    about:
      'CGI makes `HTTP_PROXY` of a header `Proxy`, and libraries then send their requests through it (CVE-2016-5385). No client sends such a header.',
    inputs: header('proxy'),
    regex: String.raw`\S`,
  }),
  protocol({
    id: 'http-middleware-bypass',
    name: 'HTTP: a header that makes Next.js skip its middleware',
    confidence: 'high',
    severity: 'critical',
    cwe: '285',
    about:
      'Next.js counts by `x-middleware-subrequest` how often a request has been through the middleware, and skips it after five times, or by its old name (CVE-2025-29927). Real ones name it once.',
    inputs: header('x-middleware-subrequest'),
    regex: String.raw`middleware\s*:.*middleware|_middleware|^\s*[\w/.-]+\s*:`,
  }),
  protocol({
    id: 'http-middleware-subrequest',
    name: 'HTTP: a header that Next.js keeps for its own requests',
    confidence: 'medium',
    severity: 'high',
    cwe: '285',
    about:
      'As `http-middleware-bypass`; once is enough for older versions, but is also what a middleware that asks its own server sends.',
    inputs: header('x-middleware-subrequest'),
    regex: String.raw`\w`,
  }),
  protocol({
    id: 'http-charset',
    name: 'HTTP: a character set that hides what a body says',
    confidence: 'high',
    cwe: '174',
    capec: '1000/153/267',
    about:
      'EBCDIC and UTF-7 in a content type make letters of other bytes, so that what looks at the body sees nothing. Clients send UTF-8.',
    inputs: header('content-type'),
    regex: String.raw`charset\s*=\s*["']?(?:utf-?7|ibm-?\d+|cp-?037|cp-?1047|cp-?500|ebcdic)|boundary=.*boundary=|charset=.*charset=`,
  }),
  protocol({
    id: 'http-markup-in-header',
    name: 'HTTP: markup in a header that holds a list of words',
    confidence: 'medium',
    cwe: '644',
    about: 'Headers of languages, types and encodings are lists of words, and are shown or logged by some.',
    inputs: headers(
      'accept-language',
      'accept-encoding',
      'accept-charset',
      'expect',
      'x-requested-with',
      'x-api-version',
    ),
    regex: String.raw`[<>(){}'\x60|\\]`,
  }),
];

export const PROTOCOL: readonly RuleSource[] = [...ADDRESS, ...FRAMING, ...ORIGIN];
