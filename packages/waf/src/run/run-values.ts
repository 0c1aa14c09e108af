import type { WafLimits, WafResult } from '../types.ts';
import { AddressValue } from './address-value.ts';
import type { Program, ProgramAddress } from './program.ts';
import { TreeReader } from './tree-reader.ts';

/** The values that one run sees: its own, which are new, and those of the context, to which it adds. */
export class RunValues {
  /** In the order in which they came. */
  readonly fresh: AddressValue[] = [];
  readonly #program: Program;
  readonly #reader: TreeReader;
  readonly #persistent: Map<string, AddressValue>;
  #ephemeral: Map<string, AddressValue> | undefined;

  constructor(program: Program, limits: Readonly<WafLimits>, persistent: Map<string, AddressValue>) {
    this.#program = program;
    this.#reader = new TreeReader(limits);
    this.#persistent = persistent;
  }

  /** The value at an address: this run's ephemeral one, else the persistent one. */
  readonly lookup = (address: string): AddressValue | undefined =>
    this.#ephemeral?.get(address) ?? this.#persistent.get(address);

  /** Adds what the host gives, values by address, as far as some rule or processor wants to know it. */
  addAll(addresses: unknown, ephemeral: boolean): void {
    if (typeof addresses !== 'object' || addresses === null) return;
    for (const address of Object.keys(addresses)) {
      const plan = this.#program.addresses.get(address);
      if (!plan) continue;
      this.#add(plan, address, (addresses as Record<string, unknown>)[address], ephemeral);
    }
  }

  /** Adds a value, if some rule or processor wants to know it. Returns it as it will be seen. */
  add(address: string, value: unknown, ephemeral: boolean): AddressValue | undefined {
    const plan = this.#program.addresses.get(address);
    return plan ? this.#add(plan, address, value, ephemeral) : undefined;
  }

  #add(plan: ProgramAddress, address: string, value: unknown, ephemeral: boolean): AddressValue | undefined {
    if (value === undefined) return undefined;
    const added = new AddressValue(address, plan, this.#reader.read(value, plan.isSink), ephemeral);
    this.fresh.push(added);
    if (ephemeral) {
      this.#ephemeral ??= new Map();
      this.#ephemeral.set(address, added);
    } else {
      this.#persistent.set(address, added);
    }
    return added;
  }

  /** What limits have cut. */
  get truncated(): WafResult['truncated'] {
    return this.#reader.truncated;
  }
}
