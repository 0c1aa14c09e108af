import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api } from '../../api/client.ts';
import type { ListState } from './list-state.ts';
import { mergeSignals, type SignalPage, withArrived } from './merge-signals.ts';

const PAGE = 50;
/** Milliseconds between two looks at the newest page. */
const REFRESH = 5_000;

/** The loaded part of the list. Its rows stay up to date; `showNew` brings in those that came since. */
export function useSignals(state: ListState) {
  const client = useQueryClient();
  const key = useMemo(() => ['signals', 'pages', state], [state]);
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => api.signals({ ...state, limit: PAGE, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const isLive = state.to === 'now' && state.sort === '-timestamp';
  const newest = useQuery({
    queryKey: ['signals', 'newest', state],
    queryFn: ({ signal }) => api.signals({ ...state, limit: PAGE }, signal),
    enabled: isLive && pages.isSuccess,
    refetchInterval: REFRESH,
    gcTime: 0,
  });
  const { signals, arrived } = useMemo(
    () =>
      mergeSignals(
        (pages.data?.pages ?? []).map(({ items }) => items),
        newest.data?.items ?? [],
      ),
    [pages.data, newest.data],
  );
  const showNew = useCallback(() => {
    const arrivals = newest.data;
    if (!arrivals) return;
    client.setQueryData<InfiniteData<SignalPage, string | undefined>>(key, (before) => {
      if (!before) return before;
      const next = withArrived(before.pages, arrivals);
      return { pages: next, pageParams: next.map((_, index) => before.pageParams[index]) };
    });
  }, [client, key, newest.data]);
  return { pages, signals, arrived, showNew, isLive, liveError: newest.error };
}
