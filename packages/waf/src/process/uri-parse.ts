import { parseIp } from '../match/ip-address.ts';
import { generatorOf } from './generator.ts';

/** What stands in the parts of a URI (RFC 3986), by the classes of its appendix A; `%` may stand anywhere. */
const USERINFO = /^[\w.~%!$&'()*+,;=:-]*$/;
const NAME = /^[\w.~%!$&'()*+,;=-]*$/;
const PATH = /^[\w.~%!$&'()*+,;=:@/-]*$/;
const FRAGMENT = /^[\w.~%!$&'()*+,;=:@/?-]*$/;
/** Brackets are what frameworks write lists with. */
const QUERY = /^[\w.~%!$&'()*+,;=:@/?[\]-]*$/;
const SCHEME = /^[a-z][a-z\d+.-]*$/i;

interface Authority {
  userinfo: string;
  host: string;
  port: number;
}

const NO_AUTHORITY: Authority = { userinfo: '', host: '', port: 0 };

/**
 * uri_parse: the parts of a URI, or of a reference that begins with a slash.
 *
 * Inputs: `inputs`, a string.
 *
 * Example: `https://jo@example.com:8080/a?b=1&c&b=2#d` → `{ scheme: "https", userinfo: "jo", host: "example.com",
 * port: 8080, path: "/a", query: { b: ["1", "2"], c: true }, fragment: "d" }`. Nothing is decoded. Nothing comes of what
 * isn't a URI.
 */
export const uriParse = generatorOf('uri_parse', 'inputs', ({ scalar }) => parseUri(scalar as string), {
  text: true,
});

function parseUri(uri: string): unknown {
  const [beforeFragment, fragment] = cutAt(uri, '#');
  const [beforeQuery, query] = cutAt(beforeFragment, '?');
  const colon = beforeQuery.indexOf(':');
  const scheme = beforeQuery.startsWith('/') || colon < 0 ? '' : beforeQuery.slice(0, colon);
  const hierarchy = scheme === '' ? beforeQuery : beforeQuery.slice(colon + 1);
  if (scheme === '' ? uri !== '' && !hierarchy.startsWith('/') : !SCHEME.test(scheme)) return undefined;

  const hasAuthority = hierarchy.startsWith('//');
  const slash = hasAuthority ? hierarchy.indexOf('/', 2) : 0;
  const pathStart = slash < 0 ? hierarchy.length : slash;
  const path = hierarchy.slice(pathStart);
  const authority = hasAuthority ? parseAuthority(hierarchy.slice(2, pathStart)) : NO_AUTHORITY;
  if (authority === undefined || !PATH.test(path) || !QUERY.test(query) || !FRAGMENT.test(fragment)) {
    return undefined;
  }
  return { scheme, ...authority, path, query: parseQuery(query), fragment };
}

function parseAuthority(text: string): Authority | undefined {
  const [before, after] = cutAt(text, '@');
  const [userinfo, hostAndPort] = text.includes('@') ? [before, after] : ['', text];
  const bracket = hostAndPort.startsWith('[') ? hostAndPort.indexOf(']') : -1;
  const colon = hostAndPort.indexOf(':', bracket + 1);
  const hostEnd = colon < 0 ? hostAndPort.length : colon;
  const written = hostAndPort.slice(0, hostEnd);
  const host = bracket > 0 && bracket === hostEnd - 1 ? written.slice(1, -1) : written;
  const isAddress = host !== written && host.includes(':') && parseIp(host) !== undefined;
  const port = hostAndPort.slice(hostEnd + 1);
  if (!USERINFO.test(userinfo) || !(isAddress || NAME.test(written)) || !/^\d*$/.test(port)) return undefined;
  return Number(port) > 0xffff ? undefined : { userinfo, host, port: Number(port) };
}

/** Values by key; `true` for a key without a value, and an array where a key comes several times. */
function parseQuery(query: string): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const pair of query.split('&')) {
    const [name, value] = cutAt(pair, '=');
    if (name === '') continue;
    const key = name.endsWith('[]') ? name.slice(0, -2) : name;
    const given = pair.includes('=') ? value : true;
    const known = values.get(key);
    if (known === undefined) values.set(key, given);
    else if (Array.isArray(known)) known.push(given);
    else values.set(key, [known, given]);
  }
  return Object.fromEntries(values);
}

/** What stands before and after the first occurrence of a separator. */
function cutAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
