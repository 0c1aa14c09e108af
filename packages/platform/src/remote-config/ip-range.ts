import { formatAddress, parseAddress } from '../search/address.ts';

/** A range of addresses, or one address as a range of one. */
export interface IpRange {
  /** Its one canonical spelling: IPv4 dotted, IPv6 as RFC 5952, host bits zero, no length if it is one address. */
  value: string;
  version: 4 | 6;
  prefixLength: number;
  /** 128-bit numbers, both inclusive; IPv4 mapped to ::ffff:0:0/96. */
  first: bigint;
  last: bigint;
}

const MAPPED_PREFIX = 0xffffn;

/** Reads an IPv4 or IPv6 address or CIDR range. An IPv4-mapped IPv6 address is IPv4. Undefined if it is neither. */
export function parseIpRange(text: string): IpRange | undefined {
  const [, address, length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const base = address === undefined ? undefined : parseAddress(address);
  if (address === undefined || base === undefined) return undefined;
  const widthGiven = address.includes(':') ? 128 : 32;
  const hostBits = widthGiven - Number(length ?? widthGiven);
  if (hostBits < 0) return undefined;
  const hosts = (1n << BigInt(hostBits)) - 1n;
  const first = base & ~hosts;
  const isIpv4 = base >> 32n === MAPPED_PREFIX && hostBits <= 32;
  const prefixLength = (isIpv4 ? 32 : 128) - hostBits;
  const canonical = isIpv4 ? formatIpv4(first & 0xffff_ffffn) : formatIpv6(first);
  const value = hostBits === 0 ? canonical : `${canonical}/${prefixLength}`;
  return { value, version: isIpv4 ? 4 : 6, prefixLength, first, last: first | hosts };
}

/** A wider range belongs to more than one holder: these are the largest that registries have given out. */
const WIDEST: Record<4 | 6, number> = { 4: 8, 6: 16 };
const LOOPBACK = ['127.0.0.0/8', '::1'].map((text) => parseIpRange(text)!);

/** Why blocking the range would likely be a mistake, or undefined. */
export function dangerOf(range: IpRange): string | undefined {
  if (range.prefixLength < WIDEST[range.version]) {
    return `${range.value} is a range wider than /${WIDEST[range.version]}`;
  }
  if (LOOPBACK.some(({ first, last }) => range.first <= last && first <= range.last)) {
    return `${range.value} holds loopback addresses`;
  }
  return undefined;
}

function formatIpv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
}

/** RFC 5952: no leading zeros, and the first of the longest runs of two or more zero groups as `::`. */
function formatIpv6(address: bigint): string {
  const groups = formatAddress(address).replace(/\b0{1,3}/g, '');
  const runs = groups.match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups;
  const at = groups.search(new RegExp(`\\b${longest}\\b`));
  return `${groups.slice(0, at).replace(/:$/, '')}::${groups.slice(at + longest.length).replace(/^:/, '')}`;
}
