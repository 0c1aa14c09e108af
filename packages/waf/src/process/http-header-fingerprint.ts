import { listHash, lower, onlyText, sharedHash } from './fingerprint.ts';
import { generatorOf } from './generator.ts';
import { CLIENT_ADDRESS, CLIENT_KIND, digitsOf, headerName } from './headers.ts';

/**
 * http_header_fingerprint: with what kind of client. Headers of proxies and tracers say nothing about it.
 *
 * Inputs: `headers`.
 *
 * Example: `{ accept, "user-agent", host }` → `hdr-0000000010-` hash of the user agent `-1-` hash of `host`.
 */
export const httpHeaderFingerprint = generatorOf('http_header_fingerprint', 'headers', (headers) => {
  if (headers.kind !== 'map') return undefined;
  let present = 0;
  let agent = '';
  const others: string[] = [];
  for (const header of headers.children) {
    const name = headerName(header.key);
    const place = CLIENT_KIND.get(name);
    if (place !== undefined) present |= 1 << place;
    else if (name === 'user-agent') agent = lower(onlyText(header));
    else if (!CLIENT_ADDRESS.has(name) && !name.startsWith('x-datadog-')) others.push(name);
  }
  return `hdr-${digitsOf(present)}-${sharedHash(agent)}-${others.length}-${listHash(others.sort())}`;
});
