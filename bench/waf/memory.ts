import type { Row } from '../report.ts';
import { openWardline, recommendedRules } from './engines.ts';
import { Random } from './random.ts';
import { attackPost, benignGet, benignPost, largePost } from './requests.ts';

const REQUESTS = 100_000;
const MEGABYTE = 1024 * 1024;

/** What the automata keep after many different requests, and how often they had to be extended. */
export function measureMemory(): Row[] {
  const { check, waf } = openWardline(recommendedRules());
  const random = new Random(3);
  const rows: Row[] = [];
  for (let count = 1; count <= REQUESTS; count++) {
    check(nextRequest(random, count));
    if (count === 100 || count === 1000 || count === 10_000 || count === REQUESTS) {
      const { states, transitions, clears, givenUp, bytes } = waf.statistics;
      rows.push({
        requests: count,
        states,
        'cache misses': transitions,
        clears,
        'given up': givenUp,
        MB: bytes / MEGABYTE,
      });
    }
  }
  return rows;
}

function nextRequest(random: Random, count: number) {
  if (count % 100 === 0) return largePost(random, 16 * 1024);
  if (count % 50 === 1) return attackPost(random);
  return count % 2 === 0 ? benignGet(random) : benignPost(random);
}
