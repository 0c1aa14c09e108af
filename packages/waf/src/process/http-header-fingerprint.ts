import { MAP } from '../run/tree.ts';
import { hashOfLower, onlyText } from './fingerprint.ts';
import { generatorOf } from './generator.ts';
import { headerNames } from './headers.ts';

/**
 * http_header_fingerprint: with what kind of client. Headers of proxies and tracers say nothing about it.
 *
 * Inputs: `headers`.
 *
 * Example: `{ accept, "user-agent", host }` → `hdr-0000000010-` hash of the user agent `-1-` hash of `host`.
 */
export const httpHeaderFingerprint = generatorOf('http_header_fingerprint', 'headers', (headers) => {
  if (headers.kind !== MAP) return undefined;
  const { kinds, agent, others } = headerNames(headers);
  const text = agent < 0 ? '' : onlyText(headers.children[agent]!);
  return `hdr-${kinds}-${hashOfLower(text)}-${others}`;
});
