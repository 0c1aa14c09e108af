import type { AddressRange } from './ast.ts';

const MAPPED = 0xffff_0000_0000n;
const MAPPED_LAST = 0xffff_ffff_ffffn;

/** Reads an IPv4 or IPv6 address as a 128-bit number, IPv4 mapped to ::ffff:0:0/96. Undefined if it is neither. */
export function parseAddress(text: string): bigint | undefined {
  if (text.length > 45) return undefined;
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return MAPPED | ipv4;
  return text.includes(':') ? parseIpv6(text) : undefined;
}

/** Reads a CIDR range, or one address as a range of one. Undefined if it is neither. */
export function parseRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const base = parseAddress(address);
  if (base === undefined) return undefined;
  const width = address.includes(':') ? 128 : 32;
  let bits = width;
  if (slash >= 0) {
    const digits = text.slice(slash + 1);
    if (!/^\d{1,3}$/.test(digits)) return undefined;
    bits = Number(digits);
    if (bits > width) return undefined;
  }
  const hosts = (1n << BigInt(width - bits)) - 1n;
  const first = base & ~hosts;
  const last = first | hosts;
  const isAround = first <= MAPPED && last > MAPPED_LAST;
  const intervals = isAround
    ? [
        { first, last: MAPPED - 1n },
        { first: MAPPED_LAST + 1n, last },
      ]
    : [{ first, last }];
  return { text, intervals };
}

/** The full form of a 128-bit address: eight groups of four hex digits. */
export function formatAddress(address: bigint): string {
  return address.toString(16).padStart(32, '0').match(/.{4}/g)!.join(':');
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.', 5);
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

/** RFC 4291 §2.2: groups of hex digits, one `::`, and an IPv4 address in place of the last two groups. */
function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::', 3);
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1]!, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  let value = 0n;
  for (const group of [...head, ...Array<bigint>(missing).fill(0n), ...tail]) value = (value << 16n) | group;
  return value;
}

function groupsOf(text: string, last: boolean): bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':', 9);
  for (const [index, part] of parts.entries()) {
    if (last && index === parts.length - 1 && part.includes('.')) {
      const ipv4 = parseIpv4(part);
      if (ipv4 === undefined) return undefined;
      groups.push(ipv4 >> 16n, ipv4 & 0xffffn);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
