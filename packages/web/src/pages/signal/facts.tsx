import { useState } from 'react';
import { Link } from 'wouter';
import { CopyButton } from '../../components/copy.tsx';
import { cutMiddle } from '../../lib/highlight.ts';
import { quoteValue } from '../../lib/query-facets.ts';

interface Row {
  name: string;
  /** The field by which the list finds signals with the same value. */
  field?: string;
  values: readonly string[];
}

const FIRST = 5;

/** Names and values; a value leads to the signals that share it. Rows without values are left out. */
export function Facts({ rows }: { rows: readonly Row[] }) {
  const present = rows.filter(({ values }) => values.length > 0);
  if (present.length === 0) return <p className="muted">Not known.</p>;
  return (
    <dl className="facts">
      {present.map((row) => (
        <FactRow key={row.name} row={row} />
      ))}
    </dl>
  );
}

function FactRow({ row: { name, field, values } }: { row: Row }) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? values : values.slice(0, FIRST);
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {shown.map((value) => (
          <div key={value} className="value">
            {field === undefined ? (
              <code title={value}>{cutMiddle(value, 90)}</code>
            ) : (
              <Link
                href={`/signals?${new URLSearchParams({ query: `${field}:${quoteValue(value)}` })}`}
                title={`Signals with ${value}`}
              >
                <code>{cutMiddle(value, 60)}</code>
              </Link>
            )}
            <CopyButton text={value} label={`Copy ${cutMiddle(value, 40)}`} />
          </div>
        ))}
        {values.length > shown.length && (
          <button type="button" className="link-button" onClick={() => setShowsAll(true)}>
            {values.length - shown.length} more
          </button>
        )}
      </dd>
    </>
  );
}
