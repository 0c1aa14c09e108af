import type { Report, Row } from '../report.ts';
import type { SampleSet } from './sample.ts';

/** How many samples of one set each engine flagged. */
export interface Tally {
  set: SampleSet;
  samples: number;
  flagged: Readonly<Record<string, number>>;
  blocked: Readonly<Record<string, number>>;
}

/** What is measured, in the order of the columns; a column is there if its engine ran. */
const COLUMNS: readonly { name: string; engine: string; of: 'flagged' | 'blocked' }[] = [
  { name: 'ours', engine: 'ours', of: 'flagged' },
  { name: 'ours, high', engine: 'ours', of: 'blocked' },
  { name: "Datadog's here", engine: 'datadog', of: 'flagged' },
  { name: "Datadog's on libddwaf", engine: 'libddwaf', of: 'flagged' },
];

/** Tables by category (all but the last part of a set's name) and by set; those without rows are left out. */
export function tablesOf(tallies: readonly Tally[]): Report['tables'] {
  const attacks = tallies.filter(({ set }) => set.kind === 'attack');
  const benign = tallies.filter(({ set }) => set.kind === 'benign');
  const tables: Report['tables'] = {
    'Attacks detected, by category': totals(attacks).map(attackRow),
    'Attacks detected, by list': attacks.map((tally) => attackRow([tally.set.name, tally])),
    'Benign values flagged, by kind': totals(benign).map(benignRow),
    'Benign values flagged, by set': benign.map((tally) => benignRow([tally.set.name, tally])),
  };
  return Object.fromEntries(Object.entries(tables).filter(([, rows]) => rows.length > 0));
}

type Total = Omit<Tally, 'set'>;

function attackRow([category, { samples, ...counts }]: [string, Total]): Row {
  const row: Row = { set: category, payloads: samples };
  if (counts.flagged.ours !== undefined) row['missed by ours'] = samples - counts.flagged.ours;
  for (const { name, engine, of } of COLUMNS) {
    const count = counts[of][engine];
    if (count !== undefined) row[`${name} %`] = rate(count, samples, 100);
  }
  return row;
}

function benignRow([kind, { samples, ...counts }]: [string, Total]): Row {
  const row: Row = { set: kind, values: samples };
  const measured = COLUMNS.filter(({ engine }) => counts.flagged[engine] !== undefined);
  for (const { name, engine, of } of measured) row[name] = counts[of][engine]!;
  for (const { name, engine, of } of measured) {
    row[`${name} per 10,000`] = rate(counts[of][engine]!, samples, 10_000);
  }
  return row;
}

/** To two decimals. */
function rate(count: number, of: number, per: number): number {
  return of === 0 ? 0 : Math.round((count / of) * per * 100) / 100;
}

function totals(tallies: readonly Tally[]): [string, Total][] {
  const sums = new Map<string, Total>();
  for (const tally of tallies) {
    const category = tally.set.name.slice(0, tally.set.name.lastIndexOf('/'));
    sums.set(category, add(sums.get(category) ?? NOTHING, tally));
  }
  return [...sums];
}

const NOTHING: Total = { samples: 0, flagged: {}, blocked: {} };

function add(sum: Total, { samples, flagged, blocked }: Total): Total {
  const plus = (a: Total['flagged'], b: Total['flagged']) =>
    Object.fromEntries(Object.entries(b).map(([engine, count]) => [engine, (a[engine] ?? 0) + count]));
  return {
    samples: sum.samples + samples,
    flagged: plus(sum.flagged, flagged),
    blocked: plus(sum.blocked, blocked),
  };
}
