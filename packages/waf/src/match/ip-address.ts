/** An IPv6 address as eight 16-bit numbers; IPv4 addresses are mapped (`::ffff:a.b.c.d`), so that both compare. */
export type IpAddress = readonly number[];

export interface IpNetwork {
  address: IpAddress;
  /** Bits of the address that count, 0 to 128. */
  prefix: number;
}

const GROUPS = 8;
/** Bits of an IPv6 address before the IPv4 address that it is the mapped form of. */
export const MAPPED_PREFIX = 96;

/** The 32 bits of an IPv4 address as a signed number, or undefined. */
export type Ipv4Parser = (text: string) => number | undefined;

/**
 * Reads an address in its textual form (RFC 4291, 2.2), IPv4 ones with `ipv4`, by default in the strict form (RFC 6943,
 * 3.1.1), or undefined.
 */
export function parseIp(text: string, ipv4: Ipv4Parser = ipv4Bits): IpAddress | undefined {
  if (text.includes(':')) return parseIpv6(text, ipv4);
  const bits = ipv4(text);
  return bits === undefined ? undefined : mappedIp(bits);
}

/** The mapped form of an IPv4 address. */
export function mappedIp(bits: number): IpAddress {
  return [0, 0, 0, 0, 0, 0xffff, bits >>> 16, bits & 0xffff];
}

/** Reads an address, or a network as address, slash and prefix length, or undefined. */
export function parseNetwork(text: string, parse = parseIp): IpNetwork | undefined {
  const [, host = '', digits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parse(host);
  if (!address) return undefined;
  const prefix = digits ? Number(digits) + (text.includes(':') ? 0 : MAPPED_PREFIX) : 128;
  return prefix <= 128 ? { address: maskIp(address, prefix), prefix } : undefined;
}

/** The 32 bits of the IPv4 address that an IPv6 address is the mapped form of, or undefined. */
export function mappedBits(address: IpAddress): number | undefined {
  const isMapped = address[5] === 0xffff && address.every((group, index) => index > 4 || group === 0);
  return isMapped ? (address[6]! << 16) | address[7]! : undefined;
}

/** Zeroes the bits after the first `prefix`. */
export function maskIp(address: IpAddress, prefix: number): IpAddress {
  return address.map((group, index) => {
    const bits = Math.min(Math.max(prefix - index * 16, 0), 16);
    return group & (0xffff << (16 - bits)) & 0xffff;
  });
}

const DOT = 0x2e;
const ZERO = 0x30;

/** The 32 bits of an IPv4 address as a signed number, or undefined: four decimal numbers without leading zeros. */
export function ipv4Bits(text: string): number | undefined {
  let bits = 0;
  let parts = 0;
  let digits = 0;
  let part = 0;
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : DOT;
    if (unit === DOT) {
      if (digits === 0 || part > 255 || ++parts > 4) return undefined;
      bits = (bits << 8) | part;
      part = 0;
      digits = 0;
    } else {
      const digit = unit - ZERO;
      if (digit < 0 || digit > 9 || digits === 3 || (digits > 0 && part === 0)) return undefined;
      part = part * 10 + digit;
      digits++;
    }
  }
  return parts === 4 ? bits : undefined;
}

function parseIpv6(text: string, ipv4: Ipv4Parser): number[] | undefined {
  const [before, after, more] = text.split('::', 3) as [string, string?, string?];
  if (more !== undefined) return undefined;
  if (after === undefined) {
    const groups = parseGroups(before, ipv4);
    return groups?.length === GROUPS ? groups : undefined;
  }
  const head = parseGroups(before);
  const tail = parseGroups(after, ipv4);
  if (!head || !tail || head.length + tail.length >= GROUPS) return undefined;
  return [...head, ...Array<number>(GROUPS - head.length - tail.length).fill(0), ...tail];
}

/** Groups between colons; where they end the whole address, the last may be an IPv4 address, which `ipv4` reads. */
function parseGroups(text: string, ipv4?: Ipv4Parser): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':', GROUPS + 1);
  for (const [index, part] of parts.entries()) {
    if (/^[\da-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else {
      const bits = index === parts.length - 1 ? ipv4?.(part) : undefined;
      if (bits === undefined) return undefined;
      groups.push(bits >>> 16, bits & 0xffff);
    }
  }
  return groups;
}
