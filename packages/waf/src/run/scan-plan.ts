import type { Matcher } from '../match/matcher.ts';
import type { RegexSet, RegexSetPattern } from '../regex/index.ts';
import type { Source } from '../ruleset/specification.ts';
import type { KeyPath } from '../types.ts';
import { groupBy } from './group-by.ts';
import { type CompiledCondition, type CompiledTarget, isScanned } from './program.ts';
import type { TransformerChain } from './transformer-chain.ts';

/**
 * What to look for where. Strings reach rules over lanes: a lane is a source (keys or values) with a chain of
 * transformers, and all regular expressions of a lane are one set, which reads a text once. Other matchers run where a
 * condition asks for them. A match in a lane is a hit of the probe that the condition has there.
 */
export interface ScanPlan {
  readonly addresses: ReadonlyMap<string, readonly LaneUse[]>;
}

export interface Lane {
  readonly source: Source;
  readonly chain: TransformerChain;
  readonly set: RegexSet;
  /** Of each expression of the set. */
  readonly expressions: readonly { probe: number; minLength: number }[];
}

/** What an address has to do with a lane. */
export interface LaneUse {
  readonly lane: Lane;
  readonly usesSet: boolean;
  readonly matchers: readonly { probe: number; matcher: Matcher }[];
  /** Where to look; the empty key path is everywhere. */
  readonly keyPaths: readonly KeyPath[];
}

export type CompileSet = (patterns: readonly RegexSetPattern[]) => RegexSet;

interface Use {
  readonly target: CompiledTarget;
  readonly matcher: Matcher;
}

/** Plans the scanning for these conditions. */
export function planScan(conditions: readonly CompiledCondition[], compileSet: CompileSet): ScanPlan {
  const uses = conditions
    .filter(isScanned)
    .flatMap(({ targets, matcher }) => targets.map((target): Use => ({ target, matcher })));
  const addresses = new Map<string, LaneUse[]>();
  for (const laneUses of groupBy(uses, ({ target }) => `${target.source} ${target.chain.id}`).values()) {
    const lane = buildLane(laneUses, compileSet);
    for (const [address, addressUses] of groupBy(laneUses, ({ target }) => target.address)) {
      const planned = addresses.get(address) ?? [];
      addresses.set(address, planned);
      planned.push(useLane(lane, addressUses));
    }
  }
  return { addresses };
}

function buildLane(uses: readonly Use[], compileSet: CompileSet): Lane {
  const { source, chain } = uses[0]!.target;
  const expressions = onePerProbe(uses).flatMap(({ target: { probe }, matcher: { regex } }) =>
    regex === undefined ? [] : [{ probe, ...regex }],
  );
  return { source, chain, set: compileSet(expressions), expressions };
}

function useLane(lane: Lane, uses: readonly Use[]): LaneUse {
  const keyPaths = [...groupBy(uses, ({ target }) => JSON.stringify(target.keyPath)).values()].map(
    (same) => same[0]!.target.keyPath,
  );
  const everywhere = keyPaths.find((keyPath) => keyPath.length === 0);
  return {
    lane,
    usesSet: uses.some(({ matcher }) => matcher.regex !== undefined),
    matchers: onePerProbe(uses)
      .filter(({ matcher }) => matcher.regex === undefined)
      .map(({ target, matcher }) => ({ probe: target.probe, matcher })),
    keyPaths: everywhere === undefined ? keyPaths : [everywhere],
  };
}

function onePerProbe(uses: readonly Use[]): Use[] {
  return [...groupBy(uses, ({ target }) => target.probe).values()].map((same) => same[0]!);
}
