import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, type Severity, type State } from '../../api/client.ts';
import { SeverityMark } from '../../components/severity.tsx';
import { STATE_NAMES } from '../../lib/names.ts';
import { facetValues, setFacet, toggleFacet, withoutFacets } from '../../lib/query-facets.ts';
import { count } from '../../lib/time.ts';
import { countValues, FACETS, type Facet, type FacetValue, matchingOthers } from './facet-list.ts';
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
  const signals = data?.items;
  const chosen = useMemo(
    () => new Map(FACETS.map((facet) => [facet, facetValues(state.query, facet.field)])),
    [state.query],
  );
  const isEmpty = signals?.length === 0 && [...chosen.values()].every((values) => values.length === 0);
  if (signals === undefined || isEmpty) return null;
  return (
    <div className="facets">
      {FACETS.map((facet) => (
        <FacetGroup
          key={facet.field}
          facet={facet}
          values={countValues(facet, matchingOthers(facet, signals, chosen), chosen.get(facet) ?? [])}
          chosen={chosen.get(facet) ?? []}
          query={state.query}
          onQuery={onQuery}
        />
      ))}
      {data?.next !== undefined && (
        <p className="muted facet-note">Counts are of the newest {COUNTED} signals.</p>
      )}
    </div>
  );
}

interface GroupProps {
  facet: Facet;
  values: readonly FacetValue[];
  chosen: readonly string[];
  query: string;
  onQuery: (query: string) => void;
}

function FacetGroup({ facet, values, chosen, query, onQuery }: GroupProps) {
  const [showsAll, setShowsAll] = useState(false);
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
