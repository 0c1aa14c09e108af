import { header, type RuleSource } from '../../rule.ts';
import { headers, protocol } from './protocol.ts';

/** What says who asks, and for which host. */
export const ORIGIN: readonly RuleSource[] = [
  protocol({
    id: 'http-host-header',
    name: 'HTTP: a host that no host name can be',
    confidence: 'high',
    cwe: '644',
    capec: '1000/210/272/220/105',
    about:
      'Applications build links and choose tenants by the host. Names have letters, digits, dots and hyphens; brackets, slashes, blanks and quotes are injected.',
    inputs: header('host'),
    // Other headers are read by the same automaton, so that this is not to match what they hold.
    regex: String.raw`^[\w.:-]*[<>"'(){}\\|$\x60@?#&]|^[\w-]+\.[\w.:-]*[/\s,;=]|^[\w-]+[ /]\w+$|^[^\[]*\w:\d*[a-z:]|\.\.`,
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
    regex: String.raw`^[\w.:,\s-]*[<>"'{}\\|$\x60@?#]|^[\w-]+\.[\w.:-]*/|^(?:javascript|data|file):|\bnothttps?\b`,
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
    regex: String.raw`^/*(?:admin|console|manager|internal|private|actuator|debug|server-status|phpmyadmin|wp-admin|management|metrics|dashboard/admin|api/admin|v\d/admin|\.|%2e)|^/[\w./?=&-]*(?:\.\.|//|%|;)`,
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
    regex: String.raw`^[\d.:,\s]*['<>(){}\\;$\x60|*]`,
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
    regex: String.raw`middleware\s*:|_middleware`,
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
];
