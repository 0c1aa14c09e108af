/** An IPv6 address as eight 16-bit numbers; IPv4 addresses are mapped (`::ffff:a.b.c.d`), so that both compare. */
export type IpAddress = readonly number[];

export interface IpNetwork {
  address: IpAddress;
  /** Bits of the address that count, 0 to 128. */
  prefix: number;
}

const GROUPS = 8;
const MAPPED_PREFIX = 96;

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

/** Zeroes the bits after the first `prefix`. */
export function maskIp(address: IpAddress, prefix: number): IpAddress {
  return address.map((group, index) => {
    const bits = Math.min(Math.max(prefix - index * 16, 0), 16);
    return group & (0xffff << (16 - bits)) & 0xffff;
  });
}

/** Two 16-bit numbers. */
function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.', 5);
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number];
  return Math.max(a, b, c, d) > 255 ? undefined : [(a << 8) | b, (c << 8) | d];
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
