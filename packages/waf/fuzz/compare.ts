import { isDeepStrictEqual } from 'node:util';
import { comparable } from '../test/libddwaf.ts';
import type { Result } from './peers.ts';

/** What is compared of a run: all but what is random or left to chance. */
export type View = ReturnType<typeof comparable> & { error?: string };

export function viewOf(result: Result): View {
  const view = comparable(result);
  return {
    ...view,
    attributes: withPlainZeros(view.attributes),
    ...(result.error !== undefined && { error: result.error }),
  };
}

export function viewsOf(results: readonly Result[]): View[] {
  return results.map(viewOf);
}

export function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}

/** -0 is 0 in libddwaf. */
function withPlainZeros(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, value === 0 ? 0 : value]),
  );
}
