import { get, stringAt, stringsAt } from '../ruleset/json.ts';
import type { DataReference } from '../ruleset/specification.ts';
import { type Clock, type DatedValue, isExpired, laterExpiration } from './dated-value.ts';
import { maskIp, parseIp, parseNetwork } from './ip-address.ts';
import { type Matcher, type MatcherParser, stringMatcher } from './matcher.ts';

/**
 * ip_match: the value is an IP address in one of a list of addresses and networks, IPv4 or IPv6; an IPv4 address and
 * its IPv6-mapped form are the same.
 *
 * Parameters: `list`, or `data`, the id of a `rules_data` or `exclusion_data` entry.
 *
 * Example: `{ "list": ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"] }`.
 */
export const ipMatch: MatcherParser<Matcher | DataReference> = {
  operator: 'ip_match',
  negatable: true,
  parse(parameters) {
    if (get(parameters, 'list') === undefined)
      return { operator: 'ip_match', data: stringAt(parameters, 'data') };
    return ipMatcher(
      stringsAt(parameters, 'list').map((value) => ({ value, expiration: 0 })),
      () => 0,
    );
  },
};

/**
 * Matches addresses in networks that have not expired. Values that are not networks are left out. An address costs one
 * look-up for each distinct prefix length among the networks.
 */
export function ipMatcher(values: readonly DatedValue[], now: Clock): Matcher {
  const byPrefix = new Map<number, Map<string, number>>();
  for (const { value, expiration } of values) {
    const network = parseNetwork(value);
    if (network === undefined) continue;
    const networks = byPrefix.get(network.prefix) ?? new Map<string, number>();
    byPrefix.set(network.prefix, networks);
    const key = String.fromCharCode(...network.address);
    networks.set(key, laterExpiration(networks.get(key), expiration));
  }
  return stringMatcher('ip_match', '', (text) => {
    const address = parseIp(text);
    if (address === undefined) return undefined;
    for (const [prefix, networks] of byPrefix) {
      const expiration = networks.get(String.fromCharCode(...maskIp(address, prefix)));
      if (expiration !== undefined && !isExpired(expiration, now)) return text;
    }
    return undefined;
  });
}
