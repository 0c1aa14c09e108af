import { groupBy } from '../group-by.ts';
import type { Matcher } from '../match/matcher.ts';
import { anyOf, type CodePointSet, type RegexSet, type Test, type Wants } from '../regex/index.ts';
import { KEYS, type Source } from '../ruleset/specification.ts';
import type { KeyPath } from '../types.ts';
import { CleanTexts } from './clean-texts.ts';
import { type CompiledCondition, type CompiledTarget, isScanned } from './program.ts';
import { asSearched, type SetBuilder, type SetSource, setBuilder } from './set-builder.ts';
import type { TransformerChain } from './transformer-chain.ts';

/**
 * What to look for where. All that can be looked for with an automaton is in one, whatever the address and the
 * transformers; it reads a text once. Since most texts are what their transformers would make of them, which the same
 * reading tells, one reading is mostly all. What is looked for at key paths, or in texts of a word or two, is in another
 * automaton: names of tools in the user agent need not make the one larger that reads everything. Other matchers run
 * where a condition asks for them. A match is a hit of the probe that the condition has there.
 */
export interface ScanPlan {
  readonly sets: readonly RegexSet[];
  readonly addresses: ReadonlyMap<string, AddressPlan>;
}

/** What is looked for at an address. */
export interface AddressPlan {
  readonly everywhere: readonly SourcePlan[];
  /** By the first item of the key paths, what is looked for at and below it. */
  readonly items: ReadonlyMap<string, readonly SourcePlan[]>;
}

/** What is looked for in the values, or in the keys, of an address: everywhere, or below an item. */
export interface SourcePlan {
  readonly source: Source;
  /** The automaton; undefined if nothing is looked for with it. */
  readonly set: RegexSet | undefined;
  /** Whether a pattern is looked for, whatever the transformers. */
  readonly wants: Wants;
  /** What is looked for in texts as they are. */
  readonly plain: ProbesByPattern;
  /** What is looked for in texts after transformers. */
  readonly chains: readonly ChainPlan[];
  /** The signs that some transformer may change a text; undefined if there is no telling. */
  readonly changes: number | undefined;
  readonly matchers: readonly MatcherPlan[];
  /** Texts known to contain nothing, where the same ones come again and again. */
  readonly clean: CleanTexts | undefined;
}

export interface ChainPlan {
  readonly chain: TransformerChain;
  /** Where to look; the empty key path is everywhere. */
  readonly keyPaths: readonly KeyPath[];
  readonly probes: ProbesByPattern;
  /** The signs that its transformers may change a text; undefined if there is no telling. */
  readonly changes: number | undefined;
  /** A text that shows none of these signs can't match once it is transformed; undefined if there are none such. */
  readonly needs: number | undefined;
}

export interface MatcherPlan extends Probe {
  readonly matcher: Matcher;
  readonly chain: TransformerChain;
  readonly keyPath: KeyPath;
}

/** By the index of a pattern in the set: whom a match concerns. */
export type ProbesByPattern = readonly (readonly Probe[] | undefined)[];

export interface Probe {
  readonly probe: number;
  /** The index of the unit whose condition it is. */
  readonly owner: number;
  /** Bytes in UTF-8 below which a value doesn't count. */
  readonly minLength: number;
  /** The last word on a text in which the automaton has found it, if it finds too much. */
  readonly confirm: Test | undefined;
}

/** How many texts to remember of addresses whose values are mostly those of the last requests; sessions are many. */
const REPETITIVE: ReadonlyMap<string, number> = new Map([
  ['server.request.headers.no_cookies', 512],
  ['server.request.method', 512],
  ['server.request.cookies', 2048],
]);
/** Addresses whose value is a word or two. */
const SHORT: ReadonlySet<string> = new Set([
  'server.request.method',
  'server.response.status',
  'server.db.system',
  'usr.id',
  'usr.login',
  'usr.session_id',
]);
/** How many keys to remember of any address. */
const REPEATED_KEYS = 512;

export type CompileSet = (source: SetSource) => RegexSet;

interface Use {
  readonly target: CompiledTarget;
  readonly matcher: Matcher;
  readonly owner: number;
}

/** Plans the scanning for the conditions of some units, which own the probes by their index. */
export function planScan(
  units: readonly { readonly conditions: readonly CompiledCondition[] }[],
  compileSet: CompileSet,
): ScanPlan {
  const uses = units.flatMap(({ conditions }, owner) =>
    conditions
      .filter(isScanned)
      .flatMap(({ targets, matcher }) => targets.map((target): Use => ({ target, matcher, owner }))),
  );
  const sets: RegexSet[] = [];
  const plans = [true, false].flatMap((everywhere) => {
    const builder = setBuilder();
    const there = uses.filter(({ target }) => isApart(target) !== everywhere);
    const sources = [...groupBy(there, ({ target }) => placeOf(target)).values()].map((same) => {
      const { address, keyPath } = same[0]!.target;
      return { address, item: keyPath[0], plan: planSource(same, builder) };
    });
    const set = compileSet(builder.finish());
    sets.push(set);
    return sources.map(({ address, item, plan: { searches, ...plan } }) => ({
      address,
      item,
      plan: { ...plan, set: searches ? set : undefined },
    }));
  });
  const addresses = [...groupBy(plans, ({ address }) => address)].map(
    ([address, there]): [string, AddressPlan] => {
      const below = there.filter(({ item }) => item !== undefined);
      const items = [...groupBy(below, ({ item }) => String(item))].map(
        ([item, same]): [string, SourcePlan[]] => [item, same.map(({ plan }) => plan)],
      );
      const everywhere = there.filter(({ item }) => item === undefined).map(({ plan }) => plan);
      return [address, { everywhere, items: new Map(items) }];
    },
  );
  return { sets, addresses: new Map(addresses) };
}

function placeOf({ source, address, keyPath }: CompiledTarget): string {
  return JSON.stringify([source, address, ...keyPath.slice(0, 1).map(String)]);
}

/** What is looked for at few short texts, so that it needn't be in the automaton that reads all. */
function isApart({ address, keyPath }: CompiledTarget): boolean {
  return keyPath.length > 0 || SHORT.has(address);
}

function planSource(uses: readonly Use[], builder: SetBuilder) {
  const terms = uses.filter(({ matcher }) => isSearched(matcher));
  const chains: ChainPlan[] = [];
  let plain: ProbesByPattern = [];
  for (const same of groupBy(terms, ({ target }) => target.search.chain).values()) {
    const { chain } = same[0]!.target.search;
    const probes = probesByPattern(same, builder);
    if (!chain.parent) plain = probes;
    else {
      const changes = changesOf(same, builder);
      chains.push({ chain, keyPaths: keyPathsOf(same), probes, changes, needs: needsOf(same, builder) });
    }
  }
  const { source, address } = uses[0]!.target;
  const all = [plain, ...chains.map(({ probes }) => probes)];
  const matchers = uses
    .filter(({ matcher }) => !isSearched(matcher))
    .map(
      ({ target: { probe, chain, keyPath }, matcher, owner }): MatcherPlan => ({
        probe,
        owner,
        minLength: matcher.search?.minLength ?? 0,
        confirm: undefined,
        matcher,
        chain,
        keyPath,
      }),
    );
  const repeated = source === KEYS ? REPEATED_KEYS : REPETITIVE.get(address);
  return {
    source,
    wants: (pattern: number) => all.some((probes) => probes[pattern] !== undefined),
    searches: terms.length > 0,
    plain,
    chains,
    changes: chains.reduce(
      (signs: number | undefined, { changes }) =>
        signs === undefined || changes === undefined ? undefined : signs | changes,
      0,
    ),
    matchers,
    clean: repeated === undefined ? undefined : new CleanTexts(repeated),
  };
}

function probesByPattern(uses: readonly Use[], builder: SetBuilder): ProbesByPattern {
  const probes: Probe[][] = [];
  for (const { matcher, target, owner } of uses) {
    const term = matcher.search!;
    const pattern = builder.patternOf(term, target.search.lowered);
    probes[pattern] ??= [];
    if (probes[pattern].some(({ probe }) => probe === target.probe)) continue;
    const { minLength, confirm } = term;
    probes[pattern].push({
      probe: target.probe,
      owner,
      minLength,
      confirm: confirm && asSearched(confirm, target.search.lowered),
    });
  }
  return probes;
}

/** The same chain may be searched in place of several, of which one may have more to say than another. */
function changesOf(uses: readonly Use[], builder: SetBuilder): number | undefined {
  const searches = [...new Set(uses.map(({ target }) => target.search))];
  if (searches.some(({ changes }) => !changes)) return undefined;
  return builder.signsOf(searches.flatMap(({ changes }) => changes!));
}

/** Where all that is looked for has rare characters, a text can be told to lack them before it is transformed. */
function needsOf(uses: readonly Use[], builder: SetBuilder): number | undefined {
  const required = anyOf(
    uses.map(({ matcher, target }) => builder.requiredBy(matcher.search!, target.search.lowered)),
  );
  if (!required) return undefined;
  const { sources } = uses[0]!.target.search;
  const needed = anyOf(codePointsIn(required).map((codePoint) => setOf(sources(codePoint))));
  return needed ? builder.markOf(needed) : undefined;
}

function codePointsIn(set: CodePointSet): number[] {
  const codePoints: number[] = [];
  for (let i = 0; i < set.length; i += 2) {
    for (let codePoint = set[i]!; codePoint <= set[i + 1]!; codePoint++) codePoints.push(codePoint);
  }
  return codePoints;
}

function setOf(codePoints: readonly number[] | undefined): CodePointSet | undefined {
  return codePoints?.flatMap((codePoint) => [codePoint, codePoint]);
}

function isSearched({ search }: Matcher): boolean {
  return search !== undefined && !search.isFrequent;
}

function keyPathsOf(uses: readonly Use[]): readonly KeyPath[] {
  return [...groupBy(uses, ({ target }) => JSON.stringify(target.keyPath)).values()].map(
    (same) => same[0]!.target.keyPath,
  );
}
