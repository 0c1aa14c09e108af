import querystring from 'node:querystring';
import { addValue, emptyParameters, type Parameters } from './query.ts';

const MAX_COOKIES = 1000;

/** The cookies of a `Cookie` header by name, decoded (RFC 6265, section 5.4). Linear; never throws. */
export function parseCookies(header: string): Parameters {
  const cookies = emptyParameters();
  let start = 0;
  for (let count = 0; count < MAX_COOKIES && start < header.length; count++) {
    let end = header.indexOf(';', start);
    if (end < 0) end = header.length;
    const pair = header.slice(start, end).trim();
    const equals = pair.indexOf('=');
    if (equals > 0)
      addValue(cookies, pair.slice(0, equals).trimEnd(), decode(pair.slice(equals + 1).trimStart()));
    start = end + 1;
  }
  return cookies;
}

function decode(value: string): string {
  const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return bare.includes('%') ? querystring.unescape(bare) : bare;
}
