import { header, type RuleSource } from '../../rule.ts';
import { headers, protocol } from './protocol.ts';

const HEADER_NAMES = [{ address: 'server.request.headers.no_cookies', transformers: ['keys_only'] }];

/** What servers on the way read in different ways. */
export const FRAMING: readonly RuleSource[] = [
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
    regex: String.raw`chunked.*chunked|chunked\s*[,;]|identity\s*,|[\w.-]chunked|chunked[^\s,;]|chunk(?:$|[^e])|chunke(?:$|[^d])|^[\w, ]*[\x00-\x08\x0b-\x1f"'\[\]\x{a0}]|^\s*,|^\s+\S|\bcow\b`,
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
    and: [{ inputs: header('content-length'), operator: 'exists' }],
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
    regex: String.raw`^(?:transfer[^a-z-]+encoding|content[^a-z-]+length|[^a-z]+(?:transfer-encoding|content-length|host)|(?:transfer-encoding|content-length)[^a-z-]+)$|[\r\n\x00]`,
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
    regex: String.raw`(?:^|[,\s])(?:x-[\w-]+|cookie|authorization|host|content-\w+|cf-[\w-]+|forwarded|origin|referer)(?:$|[,\s])|\b(?:keep-alive|close)\s*,\s*(?:keep-alive|close)\b`,
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
    name: 'HTTP: a method that servers keep for debugging and proxies',
    confidence: 'medium',
    cwe: '650',
    capec: '1000/225/122/274',
    about:
      'TRACE and TRACK show headers, DEBUG attaches to a process, and CONNECT asks for a tunnel. Clients of an application ask for none of it.',
    inputs: [{ address: 'server.request.method' }],
    regex: String.raw`^(?:trac[ek]|debug|connect)$`,
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
