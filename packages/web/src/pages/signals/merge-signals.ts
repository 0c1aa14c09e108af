import type { Page, Signal } from '../../api/client.ts';

/** A page as it was loaded. */
export type SignalPage = Page<Signal>;

/** A list that is loaded page by page, while its newest page is asked for again and again. */
export interface Merged {
  signals: Signal[];
  /** Signals of the newest page that the list does not show yet. */
  arrived: number;
}

/**
 * Brings rows up to date where they stand. Signals that came since are counted only, so that nothing jumps under the
 * reader's hand. What is no longer on the newest page stays: it may have sunk to the next, or no longer match.
 */
export function mergeSignals(pages: readonly (readonly Signal[])[], newest: readonly Signal[]): Merged {
  const updates = new Map(newest.map((signal) => [signal.id, signal]));
  const shown = new Map<string, Signal>();
  for (const signal of pages.flat())
    if (!shown.has(signal.id)) shown.set(signal.id, updates.get(signal.id) ?? signal);
  const arrived = newest.filter(({ id }) => !shown.has(id)).length;
  return { signals: [...shown.values()], arrived };
}

/**
 * The pages with the signals that came since in front. If none of the newest page is known, others may lie between, and
 * the list begins anew.
 */
export function withArrived(pages: readonly SignalPage[], newest: SignalPage): SignalPage[] {
  const known = new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)));
  const items = newest.items.filter(({ id }) => !known.has(id));
  if (items.length === newest.items.length) return [newest];
  return [{ items, next: undefined }, ...pages];
}
