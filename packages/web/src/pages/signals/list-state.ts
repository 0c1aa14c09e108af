import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

/** What the list shows. The URL holds it, so that a link shows the same. */
export interface ListState {
  query: string;
  /** In the API's form: date math, ISO 8601 or milliseconds. */
  from: string;
  to: string;
  sort: 'timestamp' | '-timestamp';
}

export const DEFAULT_STATE: ListState = { query: '', from: 'now-7d', to: 'now', sort: '-timestamp' };

export function readState(search: string): ListState {
  const fields = new URLSearchParams(search);
  return {
    query: fields.get('query') ?? DEFAULT_STATE.query,
    from: fields.get('from') || DEFAULT_STATE.from,
    to: fields.get('to') || DEFAULT_STATE.to,
    sort: fields.get('sort') === 'timestamp' ? 'timestamp' : DEFAULT_STATE.sort,
  };
}

/** A search with what differs from the default, beginning with `?` unless it is empty. */
export function writeState(state: ListState): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(state))
    if (value !== DEFAULT_STATE[name as keyof ListState]) fields.set(name, value);
  const text = fields.toString();
  return text === '' ? '' : `?${text}`;
}

/** The list's state, and how to change parts of it, which is a step in the browser's history. */
export function useListState(): [ListState, (change: Partial<ListState>) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const state = useMemo(() => readState(search), [search]);
  const change = useCallback(
    (part: Partial<ListState>) => navigate(path + writeState({ ...state, ...part })),
    [state, path, navigate],
  );
  return [state, change];
}
