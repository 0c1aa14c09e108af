import type { Scalar } from '../match/matcher.ts';
import type { AttributeSource } from '../ruleset/specification.ts';
import type { AddressValue } from './address-value.ts';
import { ARRAY } from './tree.ts';

type Lookup = (address: string) => AddressValue | undefined;

const WAITS = Symbol();

type AddressSource = Exclude<AttributeSource, { value: unknown }>;

/**
 * The attributes of one context. What a rule says of an attribute is followed once; if the address isn't known yet it
 * waits for it, and what other rules say of an attribute of that name doesn't.
 */
export class ContextAttributes {
  readonly #followed = new Set<AttributeSource>();
  readonly #waiting = new Map<string, AddressSource>();

  /** The attributes that waited and those that matched rules ask for; of the same name the first is given. */
  collect(requested: Iterable<[string, AttributeSource]>, lookup: Lookup): Record<string, unknown> {
    const collected = new Map<string, Scalar>();
    for (const [name, source] of [...this.#waiting, ...requested]) {
      if (this.#followed.has(source)) continue;
      const scalar = 'value' in source ? source.value : this.#read(name, source, lookup);
      if (scalar === WAITS) continue;
      this.#followed.add(source);
      if (scalar !== undefined && !collected.has(name)) collected.set(name, scalar);
    }
    return Object.fromEntries(collected);
  }

  /** A scalar, or the first one of an array. */
  #read(name: string, source: AddressSource, lookup: Lookup): Scalar | typeof WAITS | undefined {
    const value = lookup(source.address);
    if (!value) {
      if (!this.#waiting.has(name)) this.#waiting.set(name, source);
      return WAITS;
    }
    if (this.#waiting.get(name) === source) this.#waiting.delete(name);
    const node = value.resolve(source.keyPath);
    return node?.kind === ARRAY ? node.children[0]?.scalar : node?.scalar;
  }
}
