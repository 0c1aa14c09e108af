import { lower } from './fingerprint.ts';

/** What the fingerprints of headers look at: ten headers each, of which each has a place in the fingerprint. */
type Places = ReadonlyMap<string, number>;

/** Headers that carry the client's address, in the order in which they are believed. */
export const CLIENT_ADDRESS: Places = placesOf(
  'x-forwarded-for x-real-ip true-client-ip x-client-ip x-forwarded forwarded-for x-cluster-client-ip ' +
    'fastly-client-ip cf-connecting-ip cf-connecting-ipv6',
);

/** Headers that differ from one kind of client to the next. */
export const CLIENT_KIND: Places = placesOf(
  'referer connection accept-encoding content-encoding cache-control te accept-charset content-type accept ' +
    'accept-language',
);

function placesOf(names: string): Places {
  return new Map(names.split(' ').map((name, place) => [name, place]));
}

/** A digit a place, from bits of which the lowest stands for the first place. */
export function digitsOf(present: number): string {
  let digits = '';
  for (let place = 0; place < CLIENT_KIND.size; place++) digits += (present >> place) & 1;
  return digits;
}

/** A header's name as it is compared: some servers give underscores for dashes. */
export function headerName(key: string | number): string {
  const name = lower(String(key));
  return name.includes('_') ? name.replaceAll('_', '-') : name;
}
