import type { Clock, DatedValue } from '../match/dated-value.ts';
import { exactMatcher } from '../match/exact-match.ts';
import { ipMatcher } from '../match/ip-match.ts';
import type { Matcher } from '../match/matcher.ts';
import type { Condition, Target } from '../ruleset/specification.ts';
import type { CompiledCondition, CompiledTarget, ScalarCondition } from './program.ts';
import { ChainTable } from './transformer-chain.ts';

export type DataById = ReadonlyMap<string, readonly DatedValue[]>;

const DATA_MATCHERS = { ip_match: ipMatcher, exact_match: exactMatcher };

/** Makes the conditions of one program ready: data references become matchers, targets get their chain and probe. */
export class ConditionCompiler {
  readonly #now: Clock;
  readonly #chains = new ChainTable();
  readonly #matchers = new Map<readonly DatedValue[], Matcher>();
  #probes = 0;

  constructor(now: Clock) {
    this.#now = now;
  }

  compile(conditions: readonly Condition[], data: DataById): CompiledCondition[] {
    return conditions.map((condition) => this.#compileOne(condition, data));
  }

  #compileOne(condition: Condition, data: DataById): CompiledCondition {
    const probes = new Map<string, number>();
    const target = (input: Target) => this.#compileTarget(input, probes);
    switch (condition.kind) {
      case 'scalar':
        return { ...this.#withMatcher(condition, data), targets: condition.targets.map(target) };
      case 'exists':
        return { ...condition, targets: condition.targets.map(target) };
      case 'detector': {
        const { detector, resource, params } = condition;
        return {
          kind: 'detector',
          detector,
          resource: target(resource),
          params: params.map(target),
          dbType: detector.name === 'sqli_detector' ? target(detector.dbType) : undefined,
        };
      }
    }
  }

  #withMatcher(
    { kind, negated, matcher }: Extract<Condition, { kind: 'scalar' }>,
    data: DataById,
  ): Omit<ScalarCondition, 'targets'> {
    if (!('data' in matcher)) return { kind, negated, matcher };
    const values = data.get(matcher.data);
    // A list that nobody has sent yet says nothing about who is not on it: the negation must not hold for everyone.
    if (values === undefined) return { kind, negated: false, matcher: exactMatcher([], this.#now) };
    const known = this.#matchers.get(values);
    if (known?.operator === matcher.operator) return { kind, negated, matcher: known };
    const compiled = DATA_MATCHERS[matcher.operator](values, this.#now);
    this.#matchers.set(values, compiled);
    return { kind, negated, matcher: compiled };
  }

  #compileTarget(target: Target, probes: Map<string, number>): CompiledTarget {
    const chain = this.#chains.of(target.transformers);
    const lane = `${target.source} ${chain.id}`;
    const probe = probes.get(lane) ?? this.#probes++;
    probes.set(lane, probe);
    return {
      address: target.address,
      keyPath: target.keyPath,
      source: target.source,
      chain,
      search: this.#chains.searchOf(target.transformers),
      probe,
    };
  }
}
