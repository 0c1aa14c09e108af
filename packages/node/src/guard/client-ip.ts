import { isIP } from 'node:net';

/**
 * The client's IP address as far as it can be trusted: with `trustedProxies` proxies in front, each of which appends
 * the address that it was called from to `X-Forwarded-For`, the entry that the outermost of them wrote. What stands
 * further left came from the client and proves nothing. Without proxies it is the socket's address.
 * Returns `''` where there is none (a UNIX socket).
 */
export function clientIp(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const socket = normalizeIp(socketAddress ?? '');
  if (trustedProxies <= 0 || forwardedFor === undefined) return socket;
  const entries = forwardedFor.split(',').slice(-trustedProxies);
  for (const entry of entries) {
    const ip = normalizeIp(entry);
    if (ip !== '') return ip;
  }
  return socket;
}

/**
 * An address without port, brackets and zone, IPv4 where it is an IPv4 address mapped to IPv6, in lower case;
 * `''` where it is none.
 */
export function normalizeIp(text: string): string {
  let ip = text.trim();
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(ip);
  if (bracketed !== null) ip = bracketed[1] ?? '';
  else if (/^[\d.]+:\d+$/.test(ip)) ip = ip.slice(0, ip.indexOf(':'));
  const zone = ip.indexOf('%');
  if (zone >= 0) ip = ip.slice(0, zone);
  ip = ip.toLowerCase();
  const mapped = /^(?:0{1,4}:){0,5}:?:?ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(ip);
  if (mapped !== null && isIP(ip) === 6) ip = mapped[1] ?? '';
  return isIP(ip) === 0 ? '' : ip;
}
