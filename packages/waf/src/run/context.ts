import type { RunOptions, WafContext, WafLimits, WafResult } from '../types.ts';
import { AddressValue } from './address-value.ts';
import { ContextAttributes } from './attributes.ts';
import { Deadline, NO_DEADLINE } from './deadline.ts';
import { ContextExclusions } from './exclusions.ts';
import { truncationReport } from './limits.ts';
import type { Program } from './program.ts';
import { type Outcome, RuleEvaluator } from './rule-evaluator.ts';
import { scanValue } from './scan.ts';
import { serializeOutcomes } from './serialize.ts';
import { TreeReader } from './tree-reader.ts';

export interface ContextOptions {
  limits: Readonly<WafLimits>;
  /** Milliseconds. */
  clock: () => number;
}

/** A context over a program. Its runs never throw. */
export function createContext(program: Program, options: ContextOptions): WafContext {
  return new Context(program, options);
}

class Context implements WafContext {
  readonly #program: Program;
  readonly #options: ContextOptions;
  readonly #persistent = new Map<string, AddressValue>();
  readonly #exclusions: ContextExclusions;
  readonly #rules: RuleEvaluator;
  #attributes: ContextAttributes | undefined;

  constructor(program: Program, options: ContextOptions) {
    this.#program = program;
    this.#options = options;
    this.#exclusions = new ContextExclusions(program.exclusions);
    this.#rules = new RuleEvaluator(program, this.#exclusions);
  }

  run(addresses: Record<string, unknown>, options?: RunOptions): WafResult {
    const { clock } = this.#options;
    let start = clock();
    const result: WafResult = {
      events: [],
      actions: {},
      attributes: {},
      keep: false,
      timedOut: false,
      duration: 0,
    };
    try {
      if (this.#program.start.prepare()) start = clock();
      this.#run(addresses, options, start, result);
    } catch (error) {
      result.error = error instanceof Error ? error.message : String(error);
    }
    result.duration = Math.max(0, (clock() - start) * 1000);
    this.#program.start.spend(result.duration - this.#options.limits.timeout);
    return result;
  }

  #run(addresses: unknown, options: RunOptions | undefined, start: number, result: WafResult): void {
    const program = this.#program;
    const { clock, limits } = this.#options;
    const reader = new TreeReader(limits);
    const values: AddressValue[] = [];
    this.#read(addresses, false, reader, values);
    for (const value of values) this.#persistent.set(value.address, value);
    let lookup = (address: string) => this.#persistent.get(address);
    if (options?.ephemeral !== undefined) {
      const persistentNow = values.length;
      this.#read(options.ephemeral, true, reader, values);
      const ephemeral = new Map(values.slice(persistentNow).map((value) => [value.address, value]));
      lookup = (address) => ephemeral.get(address) ?? this.#persistent.get(address);
    }
    const cut = truncationReport(reader.truncation);
    if (cut !== undefined) result.truncated = cut;
    if (values.length === 0) return;

    // A budget that the host sets for a run holds as it is.
    const budget = options?.timeout ?? limits.timeout + program.start.allowance(limits.timeout);
    const deadline = new Deadline(clock, start + budget / 1000);
    this.#evaluateExclusions(values, lookup, deadline);
    const outcomes: Outcome[] = [];
    const blocked = this.#rules.evaluate(program.untimed, values, lookup, NO_DEADLINE, outcomes);
    if (!blocked && !deadline.expiredNow()) {
      this.#rules.evaluate(program.timed, values, lookup, deadline, outcomes);
    }

    result.timedOut = deadline.hasExpired;
    if (outcomes.length > 0) {
      Object.assign(result, serializeOutcomes(outcomes, program));
      this.#attributes ??= new ContextAttributes();
    }
    if (this.#attributes === undefined) return;
    const requested = outcomes.flatMap(({ rule }) => [...rule.rule.attributes]);
    result.attributes = this.#attributes.collect(requested, lookup);
  }

  #evaluateExclusions(
    values: readonly AddressValue[],
    lookup: (address: string) => AddressValue | undefined,
    deadline: Deadline,
  ): void {
    if (this.#program.exclusions.length === 0) return;
    deadline.expiredNow();
    for (const value of values) {
      if (value.plan.exclusions !== undefined) scanValue(value.plan.exclusions, value, deadline, []);
    }
    this.#exclusions.evaluate({ value: lookup, deadline });
  }

  /** Adds the values of the addresses that some rule wants to know. */
  #read(addresses: unknown, ephemeral: boolean, reader: TreeReader, values: AddressValue[]): void {
    if (typeof addresses !== 'object' || addresses === null) return;
    for (const address of Object.keys(addresses)) {
      const plan = this.#program.addresses.get(address);
      if (plan === undefined) continue;
      const value = (addresses as Record<string, unknown>)[address];
      if (value === undefined) continue;
      values.push(new AddressValue(address, plan, reader.read(value, plan.isSink), ephemeral));
    }
  }
}
