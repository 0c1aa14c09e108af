import { SEVERITIES, type Signal, STATES } from '../../api/client.ts';

/** A property of signals by which the list can be narrowed down. */
export interface Facet {
  name: string;
  /** As the query language names it. */
  field: string;
  valuesOf: (signal: Signal) => readonly string[];
  /** Values that always show, in this order. */
  fixed?: readonly string[];
}

export const FACETS: readonly Facet[] = [
  { name: 'Severity', field: 'status', valuesOf: ({ severity }) => [severity], fixed: SEVERITIES },
  { name: 'State', field: '@workflow.triage.state', valuesOf: ({ state }) => [state], fixed: STATES },
  { name: 'Service', field: 'service', valuesOf: ({ services }) => services },
  { name: 'Environment', field: 'env', valuesOf: ({ envs }) => envs },
  { name: 'Rule', field: '@workflow.rule.name', valuesOf: ({ rule }) => [rule.name] },
];

export interface FacetValue {
  value: string;
  count: number;
}

/** The signals that have the values chosen in all facets but one: what that one could narrow down further. */
export function matchingOthers(
  facet: Facet,
  signals: readonly Signal[],
  chosen: ReadonlyMap<Facet, readonly string[]>,
): Signal[] {
  return signals.filter((signal) =>
    [...chosen].every(
      ([other, values]) =>
        other === facet ||
        values.length === 0 ||
        other.valuesOf(signal).some((value) => values.includes(value)),
    ),
  );
}

/** The values of a facet with how many signals have them, the most frequent first. `chosen` ones show even without any. */
export function countValues(
  facet: Facet,
  signals: readonly Signal[],
  chosen: readonly string[],
): FacetValue[] {
  const counts = new Map<string, number>((facet.fixed ?? []).map((value) => [value, 0]));
  for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
  for (const signal of signals)
    for (const value of facet.valuesOf(signal)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const values = [...counts].map(([value, count]) => ({ value, count }));
  return facet.fixed ? values : values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
