import type { Transformer } from '../transform/index.ts';
import { type SearchForm, searchForm } from './search-form.ts';

/**
 * Transformers in the order in which they apply. Chains form a tree by their beginnings, and there is one object for
 * one chain, so that a text is put through each distinct chain once.
 */
export interface TransformerChain {
  /** Unique within its ChainTable, from 0 for the empty chain. */
  readonly id: number;
  readonly parent: TransformerChain | undefined;
  readonly last: Transformer | undefined;
}

/** The chain on which texts are searched in place of another, and what becomes of the expressions. */
export interface ChainSearch extends Omit<SearchForm, 'remaining'> {
  readonly chain: TransformerChain;
}

export class ChainTable {
  readonly empty: TransformerChain = { id: 0, parent: undefined, last: undefined };
  readonly #chains = new Map<string, TransformerChain>();
  readonly #searches = new Map<TransformerChain, ChainSearch>();

  /** The chain of these transformers. */
  of(transformers: readonly Transformer[]): TransformerChain {
    return transformers.reduce((parent, transformer) => this.#extend(parent, transformer), this.empty);
  }

  /** How texts are searched after these transformers. One object for one chain. */
  searchOf(transformers: readonly Transformer[]): ChainSearch {
    const chain = this.of(transformers);
    let search = this.#searches.get(chain);
    if (search === undefined) {
      const { remaining, ...form } = searchForm(transformers);
      search = { ...form, chain: this.of(remaining) };
      this.#searches.set(chain, search);
    }
    return search;
  }

  #extend(parent: TransformerChain, transformer: Transformer): TransformerChain {
    const key = `${parent.id} ${transformer.name}`;
    const known = this.#chains.get(key);
    if (known !== undefined) return known;
    const chain = { id: this.#chains.size + 1, parent, last: transformer };
    this.#chains.set(key, chain);
    return chain;
  }
}
