import type { Transformer } from '../transform/index.ts';
import { type SearchForm, searchForm } from './search-form.ts';

/**
 * Transformers in the order in which they apply. Chains form a tree by their beginnings, and there is one object for
 * one chain, so that a text is put through each distinct chain once.
 */
export interface TransformerChain {
  /** Unique within its table, from 0 for the empty chain. */
  readonly id: number;
  readonly parent: TransformerChain | undefined;
  readonly last: Transformer | undefined;
}

/** The chain on which texts are searched in place of another, and what becomes of the expressions. */
export interface ChainSearch extends Omit<SearchForm, 'remaining'> {
  readonly chain: TransformerChain;
}

/** What gives the one object for a chain. */
export interface ChainTable {
  /** The chain of these transformers. */
  chainOf(transformers: readonly Transformer[]): TransformerChain;
  /** How texts are searched after these transformers. One object for one chain. */
  searchOf(transformers: readonly Transformer[]): ChainSearch;
}

export function chainTable(): ChainTable {
  const empty: TransformerChain = { id: 0, parent: undefined, last: undefined };
  const chains = new Map<string, TransformerChain>();
  const searches = new Map<TransformerChain, ChainSearch>();

  const extend = (parent: TransformerChain, last: Transformer): TransformerChain => {
    const key = `${parent.id} ${last.name}`;
    const chain = chains.get(key) ?? { id: chains.size + 1, parent, last };
    chains.set(key, chain);
    return chain;
  };
  const chainOf = (transformers: readonly Transformer[]) => transformers.reduce(extend, empty);

  return {
    chainOf,
    searchOf(transformers) {
      const chain = chainOf(transformers);
      let search = searches.get(chain);
      if (!search) {
        const { remaining, ...form } = searchForm(transformers);
        search = { ...form, chain: chainOf(remaining) };
        searches.set(chain, search);
      }
      return search;
    },
  };
}
