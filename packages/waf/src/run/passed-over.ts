import type { AddressValue } from './address-value.ts';
import type { RuleStage } from './program.ts';

/**
 * Rules of one context that were not evaluated though they might have matched: after a block, beside an ephemeral match
 * of their type, or under an exclusion; and those that matched an ephemeral value, and may match others. None of these
 * need last, and not every host blocks, so they are due again as soon as a value comes that rules look at.
 */
export class PassedOver {
  readonly #indices = new Map<RuleStage['name'], Set<number>>();

  /** `index` is the rule's in its stage. */
  add(stage: RuleStage['name'], index: number): void {
    const known = this.#indices.get(stage);
    if (known === undefined) this.#indices.set(stage, new Set([index]));
    else known.add(index);
  }

  /** Takes out those that are due when new values come. */
  takeDue(stage: RuleStage['name'], values: readonly AddressValue[]): Iterable<number> {
    const due = this.#indices.get(stage);
    if (due === undefined || !values.some(({ plan }) => plan.isForRules)) return [];
    this.#indices.delete(stage);
    return due;
  }
}
