import type { Row } from '../report.ts';
import { compareTimes } from '../timing.ts';
import { openLibddwaf, openWardline, recommendedRules } from './engines.ts';
import {
  type Addresses,
  attackPost,
  benignGet,
  benignPost,
  charactersOf,
  commentPost,
  hostilePost,
  jumbledPost,
  largePost,
  varied,
} from './requests.ts';

const REQUESTS: Record<string, Addresses[]> = {
  'benign GET': varied(benignGet, 500),
  'benign JSON POST': varied(benignPost, 500),
  '64 kB JSON body': varied((random) => largePost(random, 64 * 1024), 20),
  'attack that matches': varied(attackPost, 500),
  'POST with a comment in several languages': varied(commentPost, 500),
  'hostile: beginnings of attacks': varied(hostilePost, 20),
  'hostile: pieces of 200 attacks, jumbled': varied(jumbledPost, 20),
};

/** Both engines on requests of several kinds: the median time of one, and how many times faster ours is. */
export function measureRequests(): Row[] {
  const rules = recommendedRules();
  const ours = openWardline(rules).check;
  const theirs = openLibddwaf(rules).check;
  return Object.entries(REQUESTS).map(([request, variants]) => {
    const { wardline, libddwaf } = compareTimes({
      wardline: (index) => ours(variants[index % variants.length]!),
      libddwaf: (index) => theirs(variants[index % variants.length]!),
    });
    const first = variants[0]!;
    return {
      request,
      characters: charactersOf(first),
      events: `${eventsOf(ours(first))} / ${eventsOf(theirs(first))}`,
      'wardline µs': wardline,
      'libddwaf µs': libddwaf,
      'times faster': libddwaf / wardline,
    };
  });
}

const eventsOf = ({ events }: { events?: unknown[] }): number => events?.length ?? 0;
