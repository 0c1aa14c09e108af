import { hasMinLength } from '../match/match-regex.ts';
import { type AddressValue, rangeOf } from './address-value.ts';
import type { Deadline } from './deadline.ts';
import type { LaneUse, ScanPlan } from './scan-plan.ts';

/** Scanning so many characters is a unit of work for the deadline. */
const CHARACTERS_PER_WORK = 256;

/**
 * Records in `value.hits` what a plan looks for and the value contains, and tells of each probe when it is first hit.
 * Stops when the deadline expires. On the request path.
 */
export function scanValue(
  plan: ScanPlan,
  value: AddressValue,
  deadline: Pick<Deadline, 'expired'>,
  onHit: (probe: number) => void,
): void {
  for (const use of plan.addresses.get(value.address) ?? []) {
    for (const { first, end } of rangesOf(use, value)) {
      for (let index = first; index < end; index++) {
        const text = value.text(use.lane.source, index, use.lane.chain);
        if (text === undefined || text === '') continue;
        if (deadline.expired(1 + text.length / CHARACTERS_PER_WORK)) {
          value.incomplete = true;
          return;
        }
        for (const probe of probesHit(use, text)) {
          const known = value.hits.get(probe);
          if (known !== undefined) known.push(index);
          else {
            value.hits.set(probe, [index]);
            onHit(probe);
          }
        }
      }
    }
  }
}

function probesHit({ lane, usesSet, matchers }: LaneUse, text: string): number[] {
  const probes: number[] = [];
  if (usesSet) {
    for (const index of lane.set.matches(text)) {
      const { probe, minLength } = lane.expressions[index]!;
      if (hasMinLength(text, minLength)) probes.push(probe);
    }
  }
  for (const { probe, matcher } of matchers) {
    if (matcher.match(text) !== undefined) probes.push(probe);
  }
  return probes;
}

/** The ranges of leaves or keys that lie under a use's key paths, without overlaps. */
function rangesOf({ lane, keyPaths }: LaneUse, value: AddressValue): { first: number; end: number }[] {
  if (keyPaths[0]!.length === 0) return [rangeOf(value.tree.root, lane.source)];
  const ranges = keyPaths.flatMap((keyPath) => {
    const node = value.resolve(keyPath);
    return node === undefined ? [] : [rangeOf(node, lane.source)];
  });
  if (ranges.length < 2) return ranges;
  ranges.sort((a, b) => a.first - b.first);
  let scanned = 0;
  return ranges.map(({ first, end }) => {
    const rest = { first: Math.max(first, scanned), end };
    scanned = Math.max(scanned, end);
    return rest;
  });
}
