import type { TreeNode } from '../run/tree.ts';
import { hashOf, lower } from './fingerprint.ts';

/** What the fingerprints of headers look at: ten headers each, of which each has a place in the fingerprint. */
type Places = ReadonlyMap<string, number>;

/** Headers that carry the client's address, in the order in which they are believed. */
const CLIENT_ADDRESS: Places = placesOf(
  'x-forwarded-for x-real-ip true-client-ip x-client-ip x-forwarded forwarded-for x-cluster-client-ip ' +
    'fastly-client-ip cf-connecting-ip cf-connecting-ipv6',
);

/** Headers that differ from one kind of client to the next. */
const CLIENT_KIND: Places = placesOf(
  'referer connection accept-encoding content-encoding cache-control te accept-charset content-type accept ' +
    'accept-language',
);

/** What a request's headers are, by their names alone. */
export interface HeaderNames {
  /** A digit for each place: whether the header is there. */
  readonly addresses: string;
  readonly kinds: string;
  /** Of other headers, but for those of tracers, their number and the hash of their names. */
  readonly others: string;
  /** Where among the headers the user agent is, or -1. */
  readonly agent: number;
  /** Where the client's address may be, and its place. */
  readonly addressed: readonly { readonly index: number; readonly place: number }[];
}

export function headerNames(headers: TreeNode): HeaderNames {
  const addressed: { index: number; place: number }[] = [];
  const kinds: number[] = [];
  const others: string[] = [];
  let agent = -1;
  for (const [index, header] of headers.children.entries()) {
    // Some servers give underscores for dashes.
    const name = lower(String(header.key)).replaceAll('_', '-');
    const place = CLIENT_ADDRESS.get(name);
    const kind = CLIENT_KIND.get(name);
    if (place !== undefined) addressed.push({ index, place });
    else if (kind !== undefined) kinds.push(kind);
    else if (name === 'user-agent') agent = index;
    else if (!name.startsWith('x-datadog-')) others.push(name);
  }
  return {
    addresses: digitsOf(addressed.map(({ place }) => place)),
    kinds: digitsOf(kinds),
    others: `${others.length}-${others.length === 0 ? '' : hashOf(others.sort().join(','))}`,
    agent,
    addressed,
  };
}

function placesOf(names: string): Places {
  return new Map(names.split(' ').map((name, place) => [name, place]));
}

function digitsOf(places: readonly number[]): string {
  return Array.from(CLIENT_KIND, (_, place) => (places.includes(place) ? '1' : '0')).join('');
}
