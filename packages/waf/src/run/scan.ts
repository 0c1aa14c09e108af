import { hasMinLength } from '../match/match-regex.ts';
import type { Findings, RegexSet } from '../regex/index.ts';
import { KEYS } from '../ruleset/specification.ts';
import type { KeyPath } from '../types.ts';
import { type AddressValue, rangeOf } from './address-value.ts';
import type { Deadline } from './deadline.ts';
import { childAt, nodeAt } from './key-path.ts';
import type { AddressPlan, ChainPlan, MatcherPlan, Probe, ProbesByPattern, SourcePlan } from './scan-plan.ts';
import { ARRAY, type TreeNode } from './tree.ts';

/** Scanning so many characters, as a power of two, is a unit of work for the deadline. */
const WORK_BITS = 8;

/** What a text was found to be: without anything that is looked for, wherever it is; or not; or time ran out. */
const CLEAN = 0;
const NOT_CLEAN = 1;
const INTERRUPTED = 2;
type Verdict = typeof CLEAN | typeof NOT_CLEAN | typeof INTERRUPTED;

export type ScanDeadline = Pick<Deadline, 'expired' | 'expiredNow'>;

/**
 * Records what a plan looks for and the value contains as hits of the value, and adds to `owners` the owner of each
 * probe when it is first hit. Stops when the deadline expires. On the request path.
 */
export function scanValue(
  { everywhere, items }: AddressPlan,
  value: AddressValue,
  deadline: ScanDeadline,
  owners: number[],
): void {
  const { root } = value.tree;
  let inTime = scanNode(everywhere, root, value, deadline, owners);
  if (items.size > 0 && root.kind === ARRAY) {
    for (const [item, sources] of items) {
      const child = childAt(root, Number(item));
      if (child) inTime &&= scanNode(sources, child, value, deadline, owners);
    }
  } else if (items.size > 0) {
    const { children } = root;
    for (let i = 0; i < children.length && inTime; i++) {
      const sources = items.get(children[i]!.key as string);
      if (sources) inTime = scanNode(sources, children[i]!, value, deadline, owners);
    }
  }
  if (!inTime) value.incomplete = true;
}

/** Scans what is at and below a node. Returns false if the deadline expired. */
function scanNode(
  sources: readonly SourcePlan[],
  node: TreeNode,
  value: AddressValue,
  deadline: ScanDeadline,
  owners: number[],
): boolean {
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i]!;
    const { set, matchers } = source;
    const { first, end } = rangeOf(node, source.source);
    if (set && !scanRange(set, source, value, first, end, deadline, owners)) return false;
    for (let m = 0; m < matchers.length; m++) {
      if (!runMatcher(matchers[m]!, source, value, deadline, owners)) return false;
    }
  }
  return true;
}

function scanRange(
  set: RegexSet,
  source: SourcePlan,
  value: AddressValue,
  first: number,
  end: number,
  deadline: ScanDeadline,
  owners: number[],
): boolean {
  const nodes = value.nodes(source.source);
  const isKeys = source.source === KEYS;
  for (let index = first; index < end; index++) {
    const node = nodes[index]!;
    const text = isKeys ? node.key : node.scalar;
    if (typeof text !== 'string' || text === '' || source.clean?.has(text) === true) continue;
    if (deadline.expired(1 + (text.length >> WORK_BITS))) return false;
    const found = set.scan(text, deadline, source.wants);
    let verdict: Verdict = found.interrupted ? INTERRUPTED : CLEAN;
    if (found.count > 0 || mayChange(source, found.signs)) {
      verdict = settle(set, source, value, index, text, deadline, owners);
    }
    if (verdict === INTERRUPTED) return false;
    if (verdict === CLEAN) source.clean?.add(text);
  }
  return true;
}

/**
 * Records what the scan of a text that is just over found, for texts as they are and for chains of transformers that
 * leave it so; then scans what the others make of it.
 */
function settle(
  set: RegexSet,
  source: SourcePlan,
  value: AddressValue,
  index: number,
  text: string,
  deadline: ScanDeadline,
  owners: number[],
): Verdict {
  if (set.found.interrupted) return INTERRUPTED;
  let isClean = !recordAll(value, source.plain, set.found, index, text, owners);
  let changing: ChainPlan[] | undefined;
  for (let i = 0; i < source.chains.length; i++) {
    const plan = source.chains[i]!;
    if (!mayChange(plan, set.found.signs)) {
      if (recordAll(value, plan.probes, set.found, index, text, owners)) isClean = false;
    } else if (plan.needs === undefined || (plan.needs & set.found.signs) !== 0) {
      // What is remembered of a text is to hold wherever it is.
      if (!source.clean && !covers(plan.keyPaths, source, value, index)) continue;
      changing ??= [];
      changing.push(plan);
    }
  }
  if (!changing) return isClean ? CLEAN : NOT_CLEAN;
  const texts = changing.map(({ chain }) => value.text(source.source, index, chain)!);
  for (let i = 0; i < texts.length; i++) {
    if (texts[i] !== text) continue;
    if (recordAll(value, changing[i]!.probes, set.found, index, text, owners)) isClean = false;
  }
  for (let i = 0; i < texts.length; i++) {
    const changed = texts[i]!;
    if (changed === text || changed === '' || texts.indexOf(changed) < i) continue;
    const { interrupted, count } = set.scan(changed, deadline, (pattern) =>
      changing.some(({ probes }, same) => texts[same] === changed && probes[pattern] !== undefined),
    );
    if (interrupted) return INTERRUPTED;
    if (count === 0) continue;
    // Several chains often make the same of a text.
    for (let same = i; same < texts.length; same++) {
      if (texts[same] !== changed) continue;
      if (recordAll(value, changing[same]!.probes, set.found, index, changed, owners)) isClean = false;
    }
  }
  return isClean ? CLEAN : NOT_CLEAN;
}

/** Whether transformers may make something else of a text with such signs. */
function mayChange({ changes }: { readonly changes: number | undefined }, signs: number): boolean {
  return changes === undefined || (changes & signs) !== 0;
}

function runMatcher(
  plan: MatcherPlan,
  { source }: SourcePlan,
  value: AddressValue,
  deadline: ScanDeadline,
  owners: number[],
): boolean {
  const node = nodeAt(value.tree.root, plan.keyPath);
  if (!node) return true;
  const { first, end } = rangeOf(node, source);
  for (let index = first; index < end; index++) {
    const text = value.text(source, index, plan.chain);
    if (text === undefined || (text === '' && plan.matcher.takesEmpty !== true)) continue;
    if (deadline.expired(1 + (text.length >> WORK_BITS))) return false;
    const { search } = plan.matcher;
    const matches = search
      ? hasMinLength(text, plan.minLength) && search.test(text)
      : plan.matcher.match(text) !== undefined;
    if (matches) hit(value, plan, index, owners);
  }
  return true;
}

/** Returns whether there was a hit. */
function recordAll(
  value: AddressValue,
  probes: ProbesByPattern,
  found: Readonly<Findings>,
  index: number,
  text: string,
  owners: number[],
): boolean {
  let isHit = false;
  for (let i = 0; i < found.count; i++) {
    const concerned = probes[found.patterns[i]!];
    if (concerned && record(value, concerned, index, text, owners)) isHit = true;
  }
  return isHit;
}

function record(
  value: AddressValue,
  probes: readonly Probe[],
  index: number,
  text: string,
  owners: number[],
): boolean {
  const { confirm } = probes[0]!;
  if (confirm && !confirm(text)) return false;
  let isHit = false;
  for (let i = 0; i < probes.length; i++) {
    if (!hasMinLength(text, probes[i]!.minLength)) continue;
    hit(value, probes[i]!, index, owners);
    isHit = true;
  }
  return isHit;
}

function hit(value: AddressValue, { probe, owner }: Probe, index: number, owners: number[]): void {
  if (value.hit(probe, index)) owners.push(owner);
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
    if (!node) continue;
    const { first, end } = rangeOf(node, source);
    if (index >= first && index < end) return true;
  }
  return false;
}
