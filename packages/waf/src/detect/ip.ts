import { type IpAddress, type IpNetwork, mappedIp, parseIp, parseNetwork } from '../match/ip-address.ts';

/**
 * Takes a host as it stands in a URL, IPv6 without brackets. Reads all forms that resolvers take for an IPv4 address,
 * such as `2130706433`, `0x7f.1` and `017700000001` (inet_aton(3)), and finds the IPv4 address in the IPv6 forms that
 * carry one (mapped, compatible, NAT64: RFC 4291 section 2.5.5, RFC 6052). Returns undefined for a name.
 */
export function parseHostAddress(host: string): IpAddress | undefined {
  if (host.length > 64) return undefined;
  if (!host.includes(':')) return parseIp(host, ipv4Bits);
  const address = parseIp(host.replace(/%.*/s, ''), ipv4Bits);
  if (!address) return undefined;
  const prefix = address.slice(0, 6).join();
  const [high, low] = address.slice(6) as [number, number];
  const isEmbedded = prefix === NAT64 || (prefix === COMPATIBLE && high > 0);
  return isEmbedded ? mappedIp((high << 16) | low) : address;
}

/** The first six groups of addresses that carry an IPv4 one. */
const NAT64 = [0x64, 0xff9b, 0, 0, 0, 0].join();
const COMPATIBLE = [0, 0, 0, 0, 0, 0].join();

/** Takes `10.0.0.0/8`, `::1`. Returns undefined if it is neither an address nor a range. */
export function parseIpRange(text: string): IpNetwork | undefined {
  return parseNetwork(text, parseHostAddress);
}

export function isInRange(address: IpAddress, { address: network, prefix }: IpNetwork): boolean {
  for (let group = 0; group * 16 < prefix; group++) {
    const bits = Math.min(16, prefix - group * 16);
    if (((address[group]! ^ network[group]!) & (0xffff << (16 - bits))) !== 0) return false;
  }
  return true;
}

/** One to four parts, decimal, octal or hexadecimal; the last fills the bytes that are left. */
function ipv4Bits(host: string): number | undefined {
  if (!IPV4.test(host)) return undefined;
  const parts = host.replace(/\.$/, '').split('.');
  let bits = 0;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    const isOctal = part[0] === '0' && part[1]! < '8';
    const value = isOctal ? Number.parseInt(part, 8) : Number(part) || 0;
    const size = index === parts.length - 1 ? 256 ** (4 - index) : 256;
    if (value >= size) return undefined;
    bits = bits * size + value;
  }
  return bits | 0;
}

const IPV4 = /^(?:(?:0x[\da-f]*|0[0-7]*|[1-9]\d*)(?:\.|$)){1,4}$/i;
