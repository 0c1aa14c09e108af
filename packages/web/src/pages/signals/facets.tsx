import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, type Severity, type Signal, type State } from '../../api/client.ts';
import { SeverityMark } from '../../components/severity.tsx';
import { STATE_NAMES } from '../../lib/names.ts';
import { facetValues, setFacet, toggleFacet, withoutFacets } from '../../lib/query-facets.ts';
import { count } from '../../lib/time.ts';
import { countValues, FACETS, type Facet } from './facet-list.ts';
import type { ListState } from './list-state.ts';

/** How many of the newest signals are counted. */
const COUNTED = 100;
/** Values of a facet that show before one asks for all. */
const FIRST = 8;

interface FacetsProps {
  state: ListState;
  onQuery: (query: string) => void;
}

/** What there is to choose from, whatever is chosen: counted over the newest signals that match the rest of the query. */
export function Facets({ state, onQuery }: FacetsProps) {
  const fields = FACETS.map(({ field }) => field);
  const query = withoutFacets(state.query, fields);
  const { data } = useQuery({
    queryKey: ['signals', 'facets', query, state.from, state.to],
    queryFn: ({ signal }) => api.signals({ ...state, query, sort: '-timestamp', limit: COUNTED }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
    staleTime: 15_000,
    retry: false,
  });
  const signals = data?.items ?? [];
  return (
    <div className="facets">
      {FACETS.map((facet) => (
        <FacetGroup key={facet.field} facet={facet} signals={signals} query={state.query} onQuery={onQuery} />
      ))}
      {data?.next !== undefined && (
        <p className="muted facet-note">Counts are of the newest {COUNTED} signals.</p>
      )}
    </div>
  );
}

function FacetGroup({
  facet,
  signals,
  query,
  onQuery,
}: {
  facet: Facet;
  signals: readonly Signal[];
  query: string;
  onQuery: (query: string) => void;
}) {
  const [showsAll, setShowsAll] = useState(false);
  const chosen = useMemo(() => facetValues(query, facet.field), [query, facet.field]);
  const values = useMemo(() => countValues(facet, signals, chosen), [facet, signals, chosen]);
  if (values.length === 0) return null;
  const shown = showsAll
    ? values
    : values.filter(({ value }, index) => index < FIRST || chosen.includes(value));
  return (
    <fieldset className="facet">
      <legend>
        {facet.name}
        {chosen.length > 0 && (
          <button
            type="button"
            className="link-button"
            aria-label={`Clear ${facet.name}`}
            onClick={() => onQuery(setFacet(query, facet.field, []))}
          >
            clear
          </button>
        )}
      </legend>
      {shown.map(({ value, count: total }) => (
        <label key={value} className={total === 0 ? 'facet-value none' : 'facet-value'}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={() => onQuery(toggleFacet(query, facet.field, value))}
          />
          <span className="facet-name" title={value}>
            <FacetName facet={facet} value={value} />
          </span>
          <span className="facet-count">{count(total)}</span>
        </label>
      ))}
      {values.length > shown.length && (
        <button type="button" className="link-button" onClick={() => setShowsAll(true)}>
          {values.length - shown.length} more
        </button>
      )}
    </fieldset>
  );
}

function FacetName({ facet, value }: { facet: Facet; value: string }) {
  if (facet.name === 'Severity') return <SeverityMark severity={value as Severity} />;
  if (facet.name === 'State') return STATE_NAMES[value as State] ?? value;
  return value;
}
