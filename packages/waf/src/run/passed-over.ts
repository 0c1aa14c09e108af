import type { AddressValue } from './address-value.ts';
import type { RuleStage } from './program.ts';

/**
 * Rules of one context that were not evaluated though they might have matched: after a block, beside an ephemeral match
 * of their type, or under an exclusion; and those that matched an ephemeral value, and may match others. None of these
 * need last, and not every host blocks, so they are due again as soon as a value comes that rules look at.
 */
export class PassedOver {
  /** By stage. */
  readonly #indices: (Set<number> | undefined)[] = [];

  /** `index` is the rule's in its stage. */
  add({ number }: RuleStage, index: number): void {
    this.#indices[number] ??= new Set();
    this.#indices[number].add(index);
  }

  /** Takes out those that are due when new values come. */
  takeDue({ number }: RuleStage, values: readonly AddressValue[]): Iterable<number> {
    const due = this.#indices[number];
    if (!due || !values.some(({ plan }) => plan.isForRules)) return [];
    this.#indices[number] = undefined;
    return due;
  }
}
