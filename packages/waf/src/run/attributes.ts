import type { Scalar } from '../match/matcher.ts';
import type { AttributeSource } from '../ruleset/specification.ts';
import type { AddressValue } from './address-value.ts';

type Lookup = (address: string) => AddressValue | undefined;

/** The attributes of one context: each is given once, and one whose address isn't known yet waits for it. */
export class ContextAttributes {
  readonly #given = new Set<string>();
  readonly #waiting = new Map<string, AttributeSource>();

  /** The attributes that matched rules ask for and those that waited, as far as they can be given now. */
  collect(requested: Iterable<[string, AttributeSource]>, lookup: Lookup): Record<string, unknown> {
    const collected: [string, Scalar][] = [];
    for (const [name, source] of [...this.#waiting, ...requested]) {
      if (this.#given.has(name)) continue;
      const value = 'value' in source ? source.value : this.#read(name, source, lookup);
      if (value === undefined) continue;
      this.#given.add(name);
      collected.push([name, value]);
    }
    return Object.fromEntries(collected);
  }

  /** A scalar, or the first one of an array. */
  #read(
    name: string,
    source: Exclude<AttributeSource, { value: unknown }>,
    lookup: Lookup,
  ): Scalar | undefined {
    const value = lookup(source.address);
    if (value === undefined) {
      this.#waiting.set(name, source);
      return undefined;
    }
    this.#waiting.delete(name);
    const node = value.resolve(source.keyPath);
    return node?.kind === 'array' ? node.children[0]?.scalar : node?.scalar;
  }
}
