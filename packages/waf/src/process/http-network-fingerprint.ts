import { MAP } from '../run/tree.ts';
import { onlyText } from './fingerprint.ts';
import { generatorOf } from './generator.ts';
import { headerNames } from './headers.ts';

/**
 * http_network_fingerprint: over which proxies. The number is of the addresses in the first of the headers, but for
 * empty ones before any other.
 *
 * Inputs: `headers`.
 *
 * Example: `{ "x-real-ip": "192.0.2.1", "x-forwarded-for": "192.0.2.1, 10.0.0.7" }` → `net-2-1100000000`.
 */
export const httpNetworkFingerprint = generatorOf('http_network_fingerprint', 'headers', (headers) => {
  if (headers.kind !== MAP) return undefined;
  const { addresses, addressed } = headerNames(headers);
  let from: number | undefined;
  let count = 0;
  for (const { index, place } of addressed) {
    const text = onlyText(headers.children[index]!);
    if (from === undefined ? text === '' : place >= from) continue;
    from = place;
    count = text === '' ? 0 : text.split(',').length;
  }
  return `net-${count}-${addresses}`;
});
