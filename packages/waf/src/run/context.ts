import type { RunOptions, WafContext, WafLimits, WafResult } from '../types.ts';
import type { AddressValue } from './address-value.ts';
import { ContextAttributes } from './attributes.ts';
import { Deadline, NO_DEADLINE } from './deadline.ts';
import { ContextExclusions } from './exclusions.ts';
import { isLimit } from './limits.ts';
import { ContextProcessors } from './processors.ts';
import { type Program, TIMED, UNTIMED } from './program.ts';
import { type Outcome, RuleEvaluator } from './rule-evaluator.ts';
import { RunResult } from './run-result.ts';
import { RunValues } from './run-values.ts';
import { scanValue } from './scan.ts';
import { serializeOutcomes } from './serialize.ts';
import { ContextWeights } from './weights.ts';

/** True as soon as a rule has matched in the context: processors after the rules see it at once, all else in the next run. */
const EVENT = 'waf.context.event';

export interface ContextOptions {
  limits: Readonly<WafLimits>;
  /** Milliseconds. */
  clock: () => number;
}

/** A context over a program. Its runs never throw. */
export class Context implements WafContext {
  readonly #program: Program;
  readonly #options: ContextOptions;
  readonly #persistent = new Map<string, AddressValue>();
  readonly #exclusions: ContextExclusions;
  readonly #rules: RuleEvaluator;
  readonly #processors: ContextProcessors | undefined;
  #attributes: ContextAttributes | undefined;
  #weights: ContextWeights | undefined;
  /** The event of the last run, if it was the context's first. */
  #event: AddressValue | undefined;

  constructor(program: Program, options: ContextOptions) {
    this.#program = program;
    this.#options = options;
    this.#exclusions = new ContextExclusions(program.exclusions);
    this.#rules = new RuleEvaluator(program, this.#exclusions);
    if (program.processors) this.#processors = new ContextProcessors(program.processors);
  }

  run(addresses: Record<string, unknown>, options?: RunOptions): WafResult {
    const { clock } = this.#options;
    let start = clock();
    const result = new RunResult();
    result.attempt(() => {
      if (this.#program.start.prepare()) start = clock();
      this.#run(addresses, options, start, result);
    });
    result.duration = Math.max(0, (clock() - start) * 1000);
    this.#program.start.spend(result.duration - this.#options.limits.timeout);
    return result;
  }

  #run(addresses: unknown, options: RunOptions | undefined, start: number, result: RunResult): void {
    const program = this.#program;
    const { clock, limits } = this.#options;
    const values = new RunValues(program, limits, this.#persistent);
    values.addAll(addresses, false);
    values.addAll(options?.ephemeral, true);
    if (this.#event) values.fresh.push(this.#event);
    this.#event = undefined;
    if (values.fresh.length > 0) {
      // A budget that the host sets for a run holds as it is.
      const given = options?.timeout;
      const budget = isLimit(given) ? given : limits.timeout + program.start.allowance(limits.timeout);
      const deadline = new Deadline(clock, start + budget / 1000);
      this.#evaluate(values, deadline, result);
      result.timedOut = deadline.hasExpired;
    }
    result.truncated = values.truncated;
  }

  #evaluate(values: RunValues, deadline: Deadline, result: RunResult): void {
    const program = this.#program;
    const { fresh, lookup } = values;
    this.#process('before', values, deadline, result);
    this.#evaluateExclusions(values, deadline);
    const outcomes: Outcome[] = [];
    const blocked = this.#rules.evaluate(program.stages[UNTIMED]!, fresh, lookup, NO_DEADLINE, outcomes);
    if (!blocked && !deadline.expiredNow()) {
      if (!this.#rules.evaluate(program.stages[TIMED]!, fresh, lookup, deadline, outcomes)) {
        this.#weigh(values, deadline, result, outcomes);
      }
    }
    if (outcomes.length > 0) {
      Object.assign(result, serializeOutcomes(outcomes, program));
      this.#attributes ??= new ContextAttributes();
      const isEvent = outcomes.some(({ rule }) => rule.weight === 0);
      if (isEvent && !lookup(EVENT)) this.#event = values.add(EVENT, true, false);
    }
    if (this.#attributes) {
      const requested = outcomes.flatMap(({ rule }) => [...rule.rule.attributes]);
      Object.assign(result.attributes, this.#attributes.collect(requested, lookup));
    }
    this.#process('after', values, deadline, result);
  }

  /** Evaluates the rules that test what all signs so far weigh together, if there are new ones. */
  #weigh(values: RunValues, deadline: Deadline, result: RunResult, outcomes: Outcome[]): void {
    if (!outcomes.some(({ rule }) => rule.weight > 0)) return;
    const { fresh, lookup } = values;
    const first = fresh.length;
    this.#weights ??= new ContextWeights();
    if (!this.#weights.weigh(outcomes, values)) return;
    this.#process('weighing', values, deadline, result);
    const decided: Outcome[] = [];
    this.#rules.evaluate(this.#program.stages[TIMED]!, fresh.slice(first), lookup, deadline, decided, false);
    for (const outcome of decided) {
      outcomes.push({ ...outcome, matches: [...outcome.matches, ...this.#weights.matches] });
    }
  }

  /** A fault in a processor must not keep rules from being evaluated. */
  #process(
    when: 'before' | 'weighing' | 'after',
    values: RunValues,
    deadline: Deadline,
    result: RunResult,
  ): void {
    const processors = this.#processors;
    if (!processors) return;
    const { clock, limits } = this.#options;
    const newDeadline = () => new Deadline(clock, clock() + limits.timeout / 1000);
    result.attempt(() => processors.run(when, { values, deadline, result, newDeadline }));
  }

  #evaluateExclusions({ fresh, lookup }: RunValues, deadline: Deadline): void {
    if (this.#program.exclusions.length === 0) return;
    deadline.expiredNow();
    for (const value of fresh) {
      if (value.plan.exclusions) scanValue(value.plan.exclusions, value, deadline, []);
    }
    this.#exclusions.evaluate({ value: lookup, deadline });
  }
}
