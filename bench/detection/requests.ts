/** Requests as browsers and API clients send them, with one value of interest each, by address as an agent gives them. */
import type { Addresses } from '../waf/requests.ts';

export type { Addresses };

const USER_AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

const HEADERS = {
  host: 'shop.example.com',
  'user-agent': USER_AGENT,
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'en-US,en;q=0.9',
  'accept-encoding': 'gzip, deflate, br',
  referer: 'https://shop.example.com/',
};

const COOKIES = { sid: '3b1f9c02d7e84a65b0c1f2a37d9e6054', theme: 'dark' };

interface Parts {
  uri?: string;
  query?: object;
  headers?: object;
  cookies?: object;
  /** Makes it a POST. */
  body?: unknown;
}

function request({ uri = '/', query = {}, headers = {}, cookies = COOKIES, body }: Parts): Addresses {
  return {
    'http.client_ip': '203.0.113.7',
    'server.request.method': body === undefined ? 'GET' : 'POST',
    'server.request.uri.raw': uri,
    'server.request.query': query,
    'server.request.headers.no_cookies': { ...HEADERS, ...headers },
    'server.request.cookies': cookies,
    ...(body !== undefined && { 'server.request.body': body }),
  };
}

/** The same for all, with nothing of interest: what is flagged here is not the value's fault. */
export const PLAIN: readonly Addresses[] = [
  inQuery('q', 'chair'),
  inRawUri('file', 'chair.pdf'),
  inJson({ comment: 'chair' }),
  inXml('<chair/>'),
  inHeader('user-agent', USER_AGENT),
  inCookie('theme', 'dark'),
];

/** `?name=value`, encoded in the URI as browsers do; the application gets the value. */
export function inQuery(name: string, value: string): Addresses {
  return request({
    uri: `/search?${new URLSearchParams({ [name]: value })}`,
    query: { [name]: value },
  });
}

/** `?name=value` as tools send it that leave paths and their own encodings alone (`curl --path-as-is`). */
export function inRawUri(name: string, value: string): Addresses {
  return request({ uri: `/view?${name}=${uriOf(value)}`, query: { [name]: value } });
}

/** `?name[key]=value`, which parsers of nested queries make an object of. */
export function inNestedQuery(name: string, key: string, value: string): Addresses {
  return request({
    uri: `/login?${new URLSearchParams({ [`${name}[${key}]`]: value })}`,
    query: { [name]: { [key]: value } },
  });
}

export function inJson(body: unknown): Addresses {
  return request({ uri: '/api/items', headers: { 'content-type': 'application/json' }, body });
}

export function inForm(body: object): Addresses {
  return request({
    uri: '/items',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
}

/** A document that the application gets as text. */
export function inXml(body: string): Addresses {
  return request({ uri: '/api/import', headers: { 'content-type': 'application/xml' }, body });
}

/** Lines of text, as a collector of logs gets them. */
export function inText(body: string): Addresses {
  return request({ uri: '/logs', headers: { 'content-type': 'text/plain' }, body });
}

/** A path, with a query or without. */
export function inTarget(uri: string): Addresses {
  return request({ uri, query: Object.fromEntries(new URLSearchParams(uri.split('?')[1] ?? '')) });
}

export function inHeader(name: string, value: string): Addresses {
  return request({ headers: { [name]: value } });
}

export function inCookie(name: string, value: string): Addresses {
  return request({ cookies: { ...COOKIES, [name]: value } });
}

/** What may not stand in a request line is encoded, and nothing else. */
function uriOf(value: string): string {
  return value.replace(/[^\x21-\x7e]|#/gu, (character) => encodeURIComponent(character));
}
