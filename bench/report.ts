/** What a benchmark measured: tables whose columns name their units. */
export interface Report {
  /** What it ran on: versions and hardware. */
  environment: Record<string, string>;
  tables: Record<string, Row[]>;
}

export type Row = Record<string, string | number>;

/** The report as text, each table with its columns aligned. */
export function renderReport({ environment, tables }: Report): string {
  const facts = Object.entries(environment).map(([name, value]) => `${name}: ${value}`);
  const rendered = Object.entries(tables).map(([title, rows]) => `\n${title}\n${renderTable(rows)}`);
  return [facts.join(', '), ...rendered].join('\n');
}

function renderTable(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => renderCell(row[column])))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]!.length)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .join('\n');
}

function renderCell(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
