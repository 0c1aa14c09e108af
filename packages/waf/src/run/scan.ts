import { hasMinLength } from '../match/match-regex.ts';
import type { Interrupt } from '../regex/index.ts';
import type { KeyPath } from '../types.ts';
import { type AddressValue, rangeOf } from './address-value.ts';
import type { Deadline } from './deadline.ts';
import type { ChainPlan, MatcherPlan, Probe, ScanPlan, SourcePlan } from './scan-plan.ts';
import type { TextChanges } from './set-builder.ts';

/** Scanning so many characters is a unit of work for the deadline. */
const CHARACTERS_PER_WORK = 256;

export type ScanDeadline = Pick<Deadline, 'expired' | 'expiredNow'>;

/**
 * Records in `value.hits` what a plan looks for and the value contains, and adds to `owners` the owner of each probe
 * when it is first hit. Stops when the deadline expires. On the request path.
 */
export function scanValue(
  plan: ScanPlan,
  value: AddressValue,
  deadline: ScanDeadline,
  owners: number[],
): void {
  const sources = plan.addresses.get(value.address);
  if (sources === undefined) return;
  for (let i = 0; i < sources.length; i++) {
    if (!scanSource(plan, sources[i]!, value, deadline, owners)) {
      value.incomplete = true;
      return;
    }
  }
}

/** Returns false if the deadline expired. */
function scanSource(
  plan: ScanPlan,
  source: SourcePlan,
  value: AddressValue,
  deadline: ScanDeadline,
  owners: number[],
): boolean {
  if (source.keyPaths[0]!.length === 0) {
    return scanRange(plan, source, value, 0, value.nodes(source.source).length, deadline, owners);
  }
  for (const { first, end } of rangesOf(source.keyPaths, source, value)) {
    if (!scanRange(plan, source, value, first, end, deadline, owners)) return false;
  }
  return true;
}

function scanRange(
  plan: ScanPlan,
  source: SourcePlan,
  value: AddressValue,
  first: number,
  end: number,
  deadline: ScanDeadline,
  owners: number[],
): boolean {
  const nodes = value.nodes(source.source);
  const isKeys = source.source === 'keys';
  const interrupt: Interrupt = () => deadline.expiredNow();
  for (let index = first; index < end; index++) {
    const node = nodes[index]!;
    const text = isKeys ? node.key : node.scalar;
    if (typeof text !== 'string' || text === '') continue;
    if (deadline.expired(1 + text.length / CHARACTERS_PER_WORK)) return false;
    if (source.usesSet) {
      const { count, marks, interrupted } = plan.set.scan(text, interrupt);
      if (interrupted) return false;
      if (count > 0 || (marks & source.sensitive) !== 0 || source.unforeseen) {
        if (!settle(plan, source, value, index, text, interrupt, owners)) return false;
      }
    }
    for (let i = 0; i < source.matchers.length; i++) {
      tryMatcher(source.matchers[i]!, source, value, index, owners);
    }
  }
  return true;
}

/** Records what the scan of a text that is just over found, and scans what its transformers make of it. */
function settle(
  { set }: ScanPlan,
  source: SourcePlan,
  value: AddressValue,
  index: number,
  text: string,
  interrupt: Interrupt,
  owners: number[],
): boolean {
  const scanned = set.found;
  const patterns = scanned.patterns.slice(0, scanned.count);
  const { marks } = scanned;
  for (let i = 0; i < patterns.length; i++) record(value, source.plain[patterns[i]!], index, text, owners);
  for (let c = 0; c < source.chains.length; c++) {
    const plan = source.chains[c]!;
    if (!isConcerned(plan, patterns, marks) || !covers(plan.keyPaths, source, value, index)) continue;
    const changed = mayChange(plan.changes, patterns, marks)
      ? value.text(source.source, index, plan.chain)!
      : text;
    if (changed === '') continue;
    if (changed === text) {
      for (let i = 0; i < patterns.length; i++) record(value, plan.probes[patterns[i]!], index, text, owners);
      continue;
    }
    const found = set.scan(changed, interrupt);
    if (found.interrupted) return false;
    for (let i = 0; i < found.count; i++) {
      record(value, plan.probes[found.patterns[i]!], index, changed, owners);
    }
  }
  return true;
}

/** Whether a chain has anything to say about a text: something was found that it looks for, or it changes the text. */
function isConcerned({ probes, changes }: ChainPlan, patterns: Int32Array, marks: number): boolean {
  if (mayChange(changes, patterns, marks)) return true;
  for (let i = 0; i < patterns.length; i++) {
    if (probes[patterns[i]!] !== undefined) return true;
  }
  return false;
}

function mayChange(changes: TextChanges, patterns: Int32Array, marks: number): boolean {
  if (changes.unforeseen || (changes.marks & marks) !== 0) return true;
  for (let i = 0; i < changes.patterns.length; i++) {
    if (patterns.includes(changes.patterns[i]!)) return true;
  }
  return false;
}

function tryMatcher(
  plan: MatcherPlan,
  source: SourcePlan,
  value: AddressValue,
  index: number,
  owners: number[],
): void {
  if (plan.keyPath.length > 0 && !covers([plan.keyPath], source, value, index)) return;
  const text = value.text(source.source, index, plan.chain);
  if (text === undefined || text === '') return;
  if (plan.matcher.match(text) !== undefined) hit(value, plan, index, owners);
}

function record(
  value: AddressValue,
  probes: readonly Probe[] | undefined,
  index: number,
  text: string,
  owners: number[],
): void {
  if (probes === undefined) return;
  for (let i = 0; i < probes.length; i++) {
    if (hasMinLength(text, probes[i]!.minLength)) hit(value, probes[i]!, index, owners);
  }
}

function hit(value: AddressValue, { probe, owner }: Probe, index: number, owners: number[]): void {
  const known = value.hits.get(probe);
  if (known === undefined) {
    value.hits.set(probe, [index]);
    owners.push(owner);
  } else if (known[known.length - 1] !== index) {
    known.push(index);
  }
}

function covers(
  keyPaths: readonly KeyPath[],
  { source }: SourcePlan,
  value: AddressValue,
  index: number,
): boolean {
  for (const keyPath of keyPaths) {
    if (keyPath.length === 0) return true;
    const node = value.resolve(keyPath);
    if (node === undefined) continue;
    const { first, end } = rangeOf(node, source);
    if (index >= first && index < end) return true;
  }
  return false;
}

/** The ranges of leaves or keys that lie under key paths, ascending and without overlaps. */
function rangesOf(
  keyPaths: readonly KeyPath[],
  { source }: SourcePlan,
  value: AddressValue,
): { first: number; end: number }[] {
  const ranges = keyPaths.flatMap((keyPath) => {
    const node = value.resolve(keyPath);
    return node === undefined ? [] : [rangeOf(node, source)];
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
