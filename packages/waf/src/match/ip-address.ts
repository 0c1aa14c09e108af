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

/** Reads an address in its textual form (RFC 4291, 2.2; RFC 6943, 3.1.1 strict form for IPv4), or undefined. */
export function parseIp(text: string): IpAddress | undefined {
  const groups = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  if (groups === undefined) return undefined;
  return groups.length === GROUPS ? groups : [0, 0, 0, 0, 0, 0xffff, ...groups];
}

/** Reads an address, or a network as address, slash and prefix length, or undefined. */
export function parseNetwork(text: string): IpNetwork | undefined {
  const slash = text.indexOf('/');
  const address = parseIp(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  if (slash < 0) return { address, prefix: 128 };
  const digits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(digits)) return undefined;
  const prefix = Number(digits) + (text.includes(':') ? 0 : MAPPED_PREFIX);
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

/** Two 16-bit numbers. */
function parseIpv4(text: string): number[] | undefined {
  const bits = ipv4Bits(text);
  return bits === undefined ? undefined : [bits >>> 16, bits & 0xffff];
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

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::', 3);
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!, halves.length === 1);
  if (halves.length === 1) return head?.length === GROUPS ? head : undefined;
  const tail = parseGroups(halves[1]!, true);
  if (head === undefined || tail === undefined || head.length + tail.length >= GROUPS) return undefined;
  return [...head, ...Array<number>(GROUPS - head.length - tail.length).fill(0), ...tail];
}

/** Groups between colons; the last may be an IPv4 address where `last` says that they end the whole address. */
function parseGroups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':', GROUPS + 1);
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else {
      const ipv4 = last && index === parts.length - 1 ? parseIpv4(part) : undefined;
      if (ipv4 === undefined) return undefined;
      groups.push(...ipv4);
    }
  }
  return groups.length <= GROUPS ? groups : undefined;
}
