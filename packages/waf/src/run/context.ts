import type { RunOptions, WafContext, WafLimits, WafResult } from '../types.ts';
import { AddressValue } from './address-value.ts';
import { ContextAttributes } from './attributes.ts';
import { Deadline, NO_DEADLINE } from './deadline.ts';
import { ContextExclusions } from './exclusions.ts';
import { noTruncation, SINK_LENGTH_FACTOR, type Truncation, truncationReport } from './limits.ts';
import type { Program } from './program.ts';
import { type Outcome, RuleEvaluator } from './rule-evaluator.ts';
import { scanValue } from './scan.ts';
import { serializeOutcomes } from './serialize.ts';
import { buildTree, type ValueBudget } from './tree.ts';

export interface ContextOptions {
  limits: Readonly<WafLimits>;
  /** Milliseconds. */
  clock: () => number;
}

/** A context over a program. Its runs never throw. */
export function createContext(program: Program, options: ContextOptions): WafContext {
  const context = new Context(program, options);
  return {
    run(addresses, runOptions) {
      const start = options.clock();
      const result = emptyResult();
      try {
        context.run(addresses, runOptions ?? {}, start, result);
      } catch (error) {
        result.error = error instanceof Error ? error.message : String(error);
      }
      result.duration = Math.max(0, (options.clock() - start) * 1000);
      return result;
    },
  };
}

function emptyResult(): WafResult {
  return { events: [], actions: {}, attributes: {}, keep: false, timedOut: false, duration: 0 };
}

class Context {
  readonly #program: Program;
  readonly #options: ContextOptions;
  readonly #persistent = new Map<string, AddressValue>();
  readonly #exclusions: ContextExclusions;
  readonly #rules: RuleEvaluator;
  readonly #attributes = new ContextAttributes();

  constructor(program: Program, options: ContextOptions) {
    this.#program = program;
    this.#options = options;
    this.#exclusions = new ContextExclusions(program.exclusions);
    this.#rules = new RuleEvaluator(program, this.#exclusions);
  }

  run(addresses: unknown, { ephemeral, timeout }: RunOptions, start: number, result: WafResult): void {
    const program = this.#program;
    const { clock, limits } = this.#options;
    const truncation = noTruncation();
    const budget: ValueBudget = { remaining: limits.totalValues };
    const persistentNow = this.#read(addresses, false, budget, truncation);
    const ephemeralNow = this.#read(ephemeral, true, budget, truncation);
    for (const value of persistentNow) this.#persistent.set(value.address, value);
    const cut = truncationReport(truncation);
    if (cut !== undefined) result.truncated = cut;
    const values = [...persistentNow, ...ephemeralNow];
    if (values.length === 0) return;

    const byAddress = new Map(ephemeralNow.map((value) => [value.address, value]));
    const lookup = (address: string) => byAddress.get(address) ?? this.#persistent.get(address);
    const deadline = new Deadline(clock, start + (timeout ?? limits.timeout) / 1000);
    for (const value of values) scanValue(program.exclusionPlan, value, deadline, []);
    this.#exclusions.evaluate({ value: lookup, deadline });

    const outcomes: Outcome[] = [];
    const blocked = this.#rules.evaluate(program.untimed, values, lookup, NO_DEADLINE, outcomes);
    if (!blocked && !deadline.expiredNow()) {
      this.#rules.evaluate(program.timed, values, lookup, deadline, outcomes);
    }

    Object.assign(result, serializeOutcomes(outcomes, program));
    result.attributes = this.#attributes.collect(
      outcomes.flatMap(({ rule }) => [...rule.rule.attributes]),
      lookup,
    );
    result.timedOut = deadline.hasExpired;
  }

  /** Reads the values of the addresses that some rule wants to know. */
  #read(addresses: unknown, ephemeral: boolean, budget: ValueBudget, truncation: Truncation): AddressValue[] {
    if (typeof addresses !== 'object' || addresses === null) return [];
    const { limits } = this.#options;
    const values: AddressValue[] = [];
    for (const address of Object.keys(addresses)) {
      if (!this.#program.knownAddresses.has(address)) continue;
      const value = (addresses as Record<string, unknown>)[address];
      if (value === undefined) continue;
      const isSink = this.#program.sinkAddresses.has(address);
      const stringLength = limits.stringLength * (isSink ? SINK_LENGTH_FACTOR : 1);
      const tree = buildTree(value, { ...limits, stringLength }, budget, truncation);
      values.push(new AddressValue(address, tree, ephemeral));
    }
    return values;
  }
}
