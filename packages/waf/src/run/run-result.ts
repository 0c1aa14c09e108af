import { messageOf } from '../ruleset/fault.ts';
import type { WafEvent, WafResult } from '../types.ts';

/** The result of one run, as it comes about. */
export class RunResult implements WafResult {
  events: WafEvent[] = [];
  actions: WafResult['actions'] = {};
  keep = false;
  timedOut = false;
  duration = 0;
  error?: string;
  truncated?: NonNullable<WafResult['truncated']>;
  readonly #attributes: Record<string, unknown> = {};
  #deferred: (() => void)[] | undefined;

  /** Those that most hosts have no use for most of the time are made when they are first asked for. */
  get attributes(): Record<string, unknown> {
    const deferred = this.#deferred;
    this.#deferred = undefined;
    if (deferred) for (const make of deferred) this.attempt(make);
    return this.#attributes;
  }

  defer(make: () => void): void {
    this.#deferred ??= [];
    this.#deferred.push(make);
  }

  /** Does something of which a fault must not end the run. */
  attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.error = messageOf(error);
    }
  }

  toJSON(): object {
    return { ...this, attributes: this.attributes };
  }
}
