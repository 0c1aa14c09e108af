import { onlyText } from './fingerprint.ts';
import { generatorOf } from './generator.ts';
import { CLIENT_ADDRESS, digitsOf, headerName } from './headers.ts';

/**
 * http_network_fingerprint: over which proxies. The number is of the addresses in the first of the headers, but for empty ones before any other.
 *
 * Inputs: `headers`.
 *
 * Example: `{ "x-real-ip": "192.0.2.1", "x-forwarded-for": "192.0.2.1, 10.0.0.7" }` → `net-2-1100000000`.
 */
export const httpNetworkFingerprint = generatorOf('http_network_fingerprint', 'headers', (headers) => {
  if (headers.kind !== 'map') return undefined;
  let present = 0;
  let addresses = 0;
  let from = CLIENT_ADDRESS.size;
  for (const header of headers.children) {
    const place = CLIENT_ADDRESS.get(headerName(header.key));
    if (place === undefined) continue;
    present |= 1 << place;
    const text = onlyText(header);
    if (place >= from || (text === '' && from === CLIENT_ADDRESS.size)) continue;
    from = place;
    addresses = text === '' ? 0 : text.split(',').length;
  }
  return `net-${addresses}-${digitsOf(present)}`;
});
