import { isDigit, isHexDigit } from './characters.ts';

/** An IPv6 address as eight groups of 16 bits; an IPv4 address as the IPv6 one that it is mapped to. */
export type IpAddress = readonly number[];

export interface IpRange {
  readonly address: IpAddress;
  /** Leading bits that an address in the range shares. */
  readonly prefix: number;
}

/**
 * Takes a host as it stands in a URL, IPv6 with or without brackets. Reads all forms that resolvers take for an
 * IPv4 address, such as `2130706433`, `0x7f.1` and `017700000001` (inet_aton(3)), and finds the IPv4 address in the
 * IPv6 forms that carry one (mapped, compatible, NAT64: RFC 4291 section 2.5.5, RFC 6052). Returns null for a name.
 */
export function parseHostAddress(host: string): IpAddress | null {
  if (host.length > 64) return null;
  if (!host.includes(':')) return parseIpv4(host);
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const zone = bare.indexOf('%');
  const groups = parseIpv6(zone < 0 ? bare : bare.slice(0, zone));
  return groups && embeddedIpv4(groups);
}

/** Takes `10.0.0.0/8`, `::1`. Returns null if it is neither an address nor a range. */
export function parseIpRange(text: string): IpRange | null {
  const slash = text.indexOf('/');
  const address = parseHostAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === null) return null;
  const offset = text.includes(':') ? 0 : 96;
  const bits = slash < 0 ? 128 - offset : Number(text.slice(slash + 1));
  if (!Number.isInteger(bits) || bits < 0 || bits + offset > 128) return null;
  return { address, prefix: bits + offset };
}

export function isInRange(address: IpAddress, { address: network, prefix }: IpRange): boolean {
  for (let group = 0; group * 16 < prefix; group++) {
    const bits = Math.min(16, prefix - group * 16);
    const mask = (0xffff << (16 - bits)) & 0xffff;
    if ((address[group]! & mask) !== (network[group]! & mask)) return false;
  }
  return true;
}

/** One to four parts, decimal, octal or hexadecimal; the last fills the bytes that are left. */
function parseIpv4(host: string): IpAddress | null {
  const parts = (host.endsWith('.') ? host.slice(0, -1) : host).split('.');
  if (parts.length > 4) return null;
  let value = 0;
  for (const [index, part] of parts.entries()) {
    const number = parseIpv4Part(part);
    const isLast = index === parts.length - 1;
    const size = isLast ? 256 ** (4 - index) : 256;
    if (number === null || number >= size) return null;
    value += isLast ? number : number * 256 ** (3 - index);
  }
  return mapped(Math.floor(value / 0x10000), value % 0x10000);
}

function parseIpv4Part(part: string): number | null {
  if (part === '' || !isDigit(part.charCodeAt(0))) return null;
  const isHex = part[0] === '0' && (part[1] === 'x' || part[1] === 'X');
  const isOctal = !isHex && part[0] === '0' && part.length > 1;
  for (let i = isHex ? 2 : 0; i < part.length; i++) {
    const code = part.charCodeAt(i);
    if (isHex ? !isHexDigit(code) : !isDigit(code) || (isOctal && code > 0x37)) return null;
  }
  if (isHex) return part.length === 2 ? 0 : Number.parseInt(part.slice(2), 16);
  return Number.parseInt(part, isOctal ? 8 : 10);
}

function parseIpv6(text: string): number[] | null {
  const gap = text.indexOf('::');
  if (gap < 0) return parseGroups(text, 8);
  const before = text.slice(0, gap);
  const head = gap === 0 ? [] : before.includes('.') ? null : parseGroups(before);
  const tail = gap + 2 === text.length ? [] : parseGroups(text.slice(gap + 2));
  if (head === null || tail === null || head.length + tail.length > 7) return null;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** Groups separated by colons, the last of which may be a dotted IPv4 address; exactly `count` if that is given. */
function parseGroups(text: string, count?: number): number[] | null {
  const groups: number[] = [];
  for (const part of text.split(':')) {
    if (part.includes('.')) {
      const address = text.endsWith(part) ? parseIpv4(part) : null;
      if (address === null) return null;
      groups.push(address[6]!, address[7]!);
      continue;
    }
    if (part === '' || part.length > 4) return null;
    for (let i = 0; i < part.length; i++) if (!isHexDigit(part.charCodeAt(i))) return null;
    groups.push(Number.parseInt(part, 16));
  }
  return count === undefined || groups.length === count ? groups : null;
}

function embeddedIpv4(groups: readonly number[]): IpAddress {
  const [a, b, c, d, e, f, high, low] = groups as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const isNat64 = a === 0x64 && b === 0xff9b && !c && !d && !e && !f;
  const isCompatible = !a && !b && !c && !d && !e && !f && high !== 0;
  return isNat64 || isCompatible ? mapped(high, low) : groups;
}

function mapped(high: number, low: number): IpAddress {
  return [0, 0, 0, 0, 0, 0xffff, high, low];
}
