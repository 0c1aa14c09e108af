import { parseIp } from '../match/ip-address.ts';
import { generatorOf } from './generator.ts';

/**
 * RFC 3986, appendix A, where `%` may stand anywhere, and brackets in a query, since frameworks write lists with them.
 * No class of characters holds what may follow it, so that there is nothing to try twice.
 */
const URI =
  /^(?:([a-z][a-z\d+.-]*):)?(?:\/\/(?:([\w.~%!$&'()*+,;=:-]*)@)?(?:\[([\da-f:.]*)\]|([\w.~%!$&'()*+,;=-]*))(?::(\d*))?(?=[/?#]|$)|(?!\/\/))([\w.~%!$&'()*+,;=:@/-]*)(?:\?([\w.~%!$&'()*+,;=:@/?[\]-]*))?(?:#([\w.~%!$&'()*+,;=:@/?-]*))?$/i;

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
  const parts = URI.exec(uri);
  if (parts === null) return undefined;
  const [, scheme = '', userinfo = '', address, name = '', digits, path, query = '', fragment = ''] = parts;
  const port = Number(digits ?? 0);
  const isReference = uri === '' || uri.startsWith('/');
  if ((scheme === '' && !isReference) || port > 0xffff) return undefined;
  if (address !== undefined && !(address.includes(':') && parseIp(address))) return undefined;
  const host = address ?? name;
  return { scheme, userinfo, host, port, path, query: parseQuery(query), fragment };
}

/** Values by key; `true` for a key without a value, and an array where a key comes several times. */
function parseQuery(query: string): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const pair of query.split('&')) {
    const [, name, value] = /^([^=]*?)(?:\[\])?(?:=(.*))?$/s.exec(pair)!;
    if (pair === '' || pair.startsWith('=')) continue;
    const given = value ?? true;
    const known = values.get(name!);
    if (known === undefined) values.set(name!, given);
    else if (Array.isArray(known)) known.push(given);
    else values.set(name!, [known, given]);
  }
  return Object.fromEntries(values);
}
