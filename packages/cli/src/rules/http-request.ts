import { parseBody, parseCookies, parseQuery, queryOf } from '@wardline/node/requests';

export class RequestSyntaxError extends Error {
  /** From 1. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.name = 'RequestSyntaxError';
    this.line = line;
  }
}

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/**
 * A request as text, as `.http` files and proxies have it, as the addresses that the agent would give of it:
 *
 *     POST /search?page=2 HTTP/1.1
 *     Content-Type: application/json
 *
 *     { "q": "lamp" }
 *
 * The version and a scheme and host in the target may be there or not. Lines before the first that begin with `#` or
 * `//` are comments. Throws a RequestSyntaxError.
 */
export function addressesOf(text: string): Record<string, unknown> {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  let at = 0;
  while (at < lines.length && /^\s*(?:#|\/\/|$)/.test(lines[at]!)) at++;
  const [, method, rest] = /^(\S+)\s+(.+)$/.exec(lines[at] ?? '') ?? [];
  if (method === undefined || rest === undefined || !TOKEN.test(method)) {
    throw new RequestSyntaxError(
      Math.min(at + 1, lines.length),
      "expected a method and a target, such as 'GET /search?q=lamp HTTP/1.1'",
    );
  }
  const target = rest.trim().replace(/\s+HTTP\/\d(?:\.\d)?$/i, '');
  const url = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
  const headers: Record<string, string> = Object.create(null);
  for (at++; at < lines.length && lines[at] !== ''; at++) {
    const colon = lines[at]!.indexOf(':');
    const name = lines[at]!.slice(0, colon).toLowerCase();
    if (colon < 0 || !TOKEN.test(name))
      throw new RequestSyntaxError(at + 1, "expected a header, such as 'Host: example.com'");
    const value = lines[at]!.slice(colon + 1).trim();
    headers[name] =
      headers[name] === undefined ? value : `${headers[name]}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  const { cookie, ...others } = headers;
  const query = queryOf(url);
  const multipart = /^multipart\//i.test(headers['content-type'] ?? '');
  const body = Buffer.from(
    lines
      .slice(at + 1)
      .join(multipart ? '\r\n' : '\n')
      .replace(/\n$/, ''),
  );
  const addresses: Record<string, unknown> = {
    'http.client_ip': '127.0.0.1',
    'server.request.uri.raw': url,
    'server.request.method': method,
    'server.request.headers.no_cookies': others,
    'server.request.cookies': cookie === undefined ? undefined : parseCookies(cookie),
    'server.request.query': query === '' ? undefined : parseQuery(query),
    'server.request.body': body.length === 0 ? undefined : parseBody(body, headers['content-type']),
  };
  return Object.fromEntries(Object.entries(addresses).filter(([, value]) => value !== undefined));
}
