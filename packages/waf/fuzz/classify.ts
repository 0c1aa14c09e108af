import { same, type View, viewsOf } from './compare.ts';
import { KNOWN_DIFFERENCES, type KnownDifference, type Observed } from './known-differences.ts';
import type { Configurations, Peer } from './peers.ts';
import type { Input } from './requests.ts';

/** Both engines under the same configurations. */
export interface Peers {
  readonly configurations: Configurations;
  readonly ours: Peer;
  readonly theirs: Peer;
}

export type Verdict =
  | { kind: 'same' }
  /** Known differences that together account for it. */
  | { kind: 'known'; names: readonly string[] }
  | { kind: 'unknown'; ours: View[]; theirs: View[] };

/** Runs an input through both, and tells whether what differs is known to. */
export function classify(peers: Peers, input: Input): Verdict {
  const ours = viewsOf(peers.ours.run(input));
  const theirs = viewsOf(peers.theirs.run(input));
  if (same(ours, theirs)) return { kind: 'same' };
  const observed = { peers, input, ours, theirs };
  const applicable = KNOWN_DIFFERENCES.filter((known) => known.isLast || known.applies(observed));
  const names = smallestSubsets(applicable).find((known) => accountedFor(observed, known));
  if (names === undefined) return { kind: 'unknown', ours, theirs };
  return { kind: 'known', names: names.map(({ name }) => name) };
}

/** Differences that are at work together, at most. */
const MAX_TOGETHER = 4;

/** All subsets of at most so many items, small ones first. */
function smallestSubsets<T>(items: readonly T[]): T[][] {
  let subsets: T[][] = [[]];
  for (const item of items) {
    subsets = subsets.concat(
      subsets.filter(({ length }) => length < MAX_TOGETHER).map((subset) => [...subset, item]),
    );
  }
  return subsets.filter(({ length }) => length > 0).sort((a, b) => a.length - b.length);
}

/** Whether nothing differs once these differences are taken away. */
function accountedFor(observed: Observed, known: readonly KnownDifference[]): boolean {
  const { peers } = observed;
  let seen = observed;
  let forTheirs = observed.input;
  for (const { ourInput, bothInputs } of known.filter(({ isLast }) => !isLast)) {
    if (ourInput !== undefined) seen = { ...seen, input: ourInput(seen.input) };
    if (bothInputs === undefined) continue;
    seen = { ...seen, input: bothInputs(seen.input, observed) };
    forTheirs = bothInputs(forTheirs, observed);
  }
  seen = withViews({ ...seen, ...run(peers, seen.input, forTheirs) }, known);
  for (const { applies, bothInputs, views } of known.filter(({ isLast }) => isLast)) {
    if (!applies(seen)) return false;
    const runs = bothInputs!(seen.input, seen).length;
    const [ours, theirs] = views!(seen.ours.slice(0, runs), seen.theirs.slice(0, runs), seen);
    seen = { ...seen, input: seen.input.slice(0, runs), ours, theirs };
  }
  return same(seen.ours, seen.theirs);
}

function run({ ours, theirs }: Peers, forOurs: Input, forTheirs: Input): Pick<Observed, 'ours' | 'theirs'> {
  return { ours: viewsOf(ours.run(forOurs)), theirs: viewsOf(theirs.run(forTheirs)) };
}

function withViews(observed: Observed, known: readonly KnownDifference[]): Observed {
  let seen = observed;
  for (const { isLast, views } of known) {
    if (isLast || views === undefined) continue;
    const [ours, theirs] = views(seen.ours, seen.theirs, seen);
    seen = { ...seen, ours, theirs };
  }
  return seen;
}
