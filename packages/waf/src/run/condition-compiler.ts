import type { Clock, DatedValues } from '../match/dated-value.ts';
import { exactMatcher } from '../match/exact-match.ts';
import { ipMatcher } from '../match/ip-match.ts';
import type { Matcher } from '../match/matcher.ts';
import { type Condition, DETECTOR, EXISTS, type SCALAR, type Target } from '../ruleset/specification.ts';
import type { CompiledCondition, CompiledTarget, ScalarCondition } from './program.ts';
import { chainTable } from './transformer-chain.ts';

export type DataById = ReadonlyMap<string, DatedValues>;

const DATA_MATCHERS = { ip_match: ipMatcher, exact_match: exactMatcher };

/** Makes conditions ready: data references become matchers, targets get their chain and probe. */
export type CompileConditions = (conditions: readonly Condition[], data: DataById) => CompiledCondition[];

/** What compiles the conditions of one program. */
export function conditionCompiler(now: Clock): CompileConditions {
  const { chainOf, searchOf } = chainTable();
  const matchers = new Map<DatedValues, Matcher>();
  let probeCount = 0;

  return (conditions, data) => conditions.map((condition) => compileOne(condition, data));

  function compileOne(condition: Condition, data: DataById): CompiledCondition {
    const probes = new Map<string, number>();
    const target = (input: Target): CompiledTarget => {
      const chain = chainOf(input.transformers);
      const lane = `${input.source} ${chain.id}`;
      const probe = probes.get(lane) ?? probeCount++;
      probes.set(lane, probe);
      return { ...input, chain, search: searchOf(input.transformers), probe };
    };
    if (condition.kind === DETECTOR) {
      const { kind, detector, resource, params } = condition;
      return {
        kind,
        detector,
        resource: target(resource),
        params: params.map(target),
        dbType: detector.name === 'sqli_detector' ? target(detector.dbType) : undefined,
      };
    }
    const targets = condition.targets.map(target);
    if (condition.kind === EXISTS) return { ...condition, targets };
    return { ...withMatcher(condition, data), targets };
  }

  function withMatcher(
    { kind, negated, matcher }: Extract<Condition, { kind: typeof SCALAR }>,
    data: DataById,
  ): Omit<ScalarCondition, 'targets'> {
    if (!('data' in matcher)) return { kind, negated, matcher };
    const values = data.get(matcher.data);
    // A list that nobody has sent yet says nothing about who is not on it: the negation must not hold for everyone.
    if (!values) return { kind, negated: false, matcher: exactMatcher({ values: [], expirations: [] }, now) };
    let compiled = matchers.get(values);
    if (compiled?.operator !== matcher.operator) {
      compiled = DATA_MATCHERS[matcher.operator](values, now);
      matchers.set(values, compiled);
    }
    return { kind, negated, matcher: compiled };
  }
}
