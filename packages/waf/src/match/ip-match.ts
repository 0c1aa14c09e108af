import { type Clock, type DatedValues, isExpired, laterExpiration } from './dated-value.ts';
import {
  type IpAddress,
  ipv4Bits,
  MAPPED_PREFIX,
  mappedBits,
  maskIp,
  parseIp,
  parseNetwork,
} from './ip-address.ts';
import { listParser } from './list-match.ts';
import { type Matcher, stringMatcher } from './matcher.ts';

/**
 * ip_match: the value is an IP address in one of a list of addresses and networks, IPv4 or IPv6; an IPv4 address and
 * its IPv6-mapped form are the same.
 *
 * Parameters: `list`, or `data`, the id of a `rules_data` or `exclusion_data` entry.
 *
 * Example: `{ "list": ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"] }`.
 */
export const ipMatch = listParser('ip_match', ipMatcher);

/**
 * Matches addresses in networks that have not expired. Values that are not networks are left out. An address costs one
 * look-up for each distinct prefix length among the networks. Lists can be long and change often, so IPv4 networks are
 * kept as numbers.
 */
export function ipMatcher({ values, expirations }: DatedValues, now: Clock): Matcher {
  const ipv4 = new NetworkTable<number>();
  const ipv6 = new NetworkTable<string>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const expiration = expirations[i]!;
    const bits = ipv4Bits(value);
    if (bits !== undefined) {
      ipv4.add(32, bits, expiration);
      continue;
    }
    const network = parseNetwork(value);
    if (!network) continue;
    const mapped = network.prefix < MAPPED_PREFIX ? undefined : mappedBits(network.address);
    if (mapped !== undefined) ipv4.add(network.prefix - MAPPED_PREFIX, mapped, expiration);
    else ipv6.add(network.prefix, keyOf(network.address), expiration);
  }
  return stringMatcher('ip_match', '', (text) => {
    if (ipv4.isEmpty && ipv6.isEmpty) return undefined;
    const address = parseIp(text);
    if (!address) return undefined;
    const mapped = mappedBits(address);
    const found =
      (mapped !== undefined && ipv4.has((prefix) => maskBits(mapped, prefix), now)) ||
      ipv6.has((prefix) => keyOf(maskIp(address, prefix)), now);
    return found ? text : undefined;
  });
}

/** Networks by the length of their prefix. */
class NetworkTable<Key> {
  readonly #byPrefix = new Map<number, Map<Key, number>>();

  get isEmpty(): boolean {
    return this.#byPrefix.size === 0;
  }

  add(prefix: number, network: Key, expiration: number): void {
    const networks = this.#byPrefix.get(prefix) ?? new Map<Key, number>();
    this.#byPrefix.set(prefix, networks);
    networks.set(network, laterExpiration(networks.get(network), expiration));
  }

  /** Whether a network that hasn't expired is there; `network` says which one an address is in by a prefix. */
  has(network: (prefix: number) => Key, now: Clock): boolean {
    for (const [prefix, networks] of this.#byPrefix) {
      const expiration = networks.get(network(prefix));
      if (expiration !== undefined && !isExpired(expiration, now)) return true;
    }
    return false;
  }
}

function keyOf(address: IpAddress): string {
  return String.fromCharCode(...address);
}

/** The first bits of an IPv4 address. */
function maskBits(bits: number, prefix: number): number {
  return prefix === 0 ? 0 : bits & (-1 << (32 - prefix));
}
