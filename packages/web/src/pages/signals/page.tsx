import './signals.css';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Empty } from '../../components/empty.tsx';
import { ErrorBox } from '../../components/error-box.tsx';
import { useKeys } from '../../components/keyboard.ts';
import { Skeleton } from '../../components/skeleton.tsx';
import { useTitle } from '../../components/title.ts';
import { count } from '../../lib/time.ts';
import { Facets } from './facets.tsx';
import { knownValues } from './known-values.ts';
import { DEFAULT_STATE, useListState, writeState } from './list-state.ts';
import { GetDataIn } from './no-signals.tsx';
import { QueryBar } from './query-bar.tsx';
import { QueryHelp } from './query-help.tsx';
import { readSyntaxError } from './syntax-error.ts';
import { SignalsTable } from './table.tsx';
import { TimeRange } from './time-range.tsx';
import { useSignals } from './use-signals.ts';

const SignalPanel = lazy(() => import('../signal/panel.tsx'));

/** The list of signals, and one of them open in a panel beside it. */
export default function SignalsPage({ openId }: { openId: string | undefined }) {
  useTitle('Signals');
  const [state, change] = useListState();
  const [, navigate] = useLocation();
  const [showsFilters, setShowsFilters] = useState(false);
  const { pages, signals, arrived, showNew, isLive, liveError } = useSignals(state);
  const list = useRef<HTMLElement>(null);
  const values = useMemo(() => knownValues(signals), [signals]);
  const search = writeState(state);
  const close = useCallback(() => {
    if (openId === undefined) return;
    navigate(`/signals${search}`);
    focusRow(list.current, openId);
  }, [openId, navigate, search]);

  /** While a signal is open its neighbours open; otherwise rows get the focus. */
  const step = (by: 1 | -1) => {
    if (openId === undefined) return void focusNeighbour(list.current, by);
    const next = signals[signals.findIndex(({ id }) => id === openId) + by];
    if (next) navigate(`/signals/${encodeURIComponent(next.id)}${search}`, { replace: true });
  };
  useKeys({ j: () => step(1), k: () => step(-1), Escape: close });

  // At the top with no one at work in the table, new rows may come in by themselves.
  useEffect(() => {
    if (arrived === 0 || openId !== undefined) return;
    const atWork = list.current?.matches(':hover') || list.current?.contains(document.activeElement);
    if (window.scrollY === 0 && !atWork) showNew();
  }, [arrived, openId, showNew]);

  const hasQuery = state.query !== '' || state.from !== DEFAULT_STATE.from || state.to !== 'now';
  const isSyntaxError =
    pages.error !== null && readSyntaxError(pages.error.message, state.query) !== undefined;
  return (
    <main id="main" className="signals-layout" data-panel={openId !== undefined || undefined}>
      <h1 className="visually-hidden">Signals</h1>
      <div className="signals-main">
        <div className="toolbar">
          <QueryBar
            query={state.query}
            onQuery={(query) => change({ query })}
            error={pages.error}
            values={values}
          />
          <TimeRange range={state} onRange={change} />
          <select
            className="field"
            aria-label="Order"
            value={state.sort}
            onChange={(event) =>
              change({ sort: event.target.value === 'timestamp' ? 'timestamp' : '-timestamp' })
            }
          >
            <option value="-timestamp">Newest first</option>
            <option value="timestamp">Oldest first</option>
          </select>
          <button
            type="button"
            className="button filters-button"
            aria-expanded={showsFilters}
            aria-controls="filters"
            onClick={() => setShowsFilters(!showsFilters)}
          >
            Filters
          </button>
        </div>
        <div className="signals-body">
          <aside id="filters" aria-label="Filters" data-shown={showsFilters || undefined}>
            <Facets state={state} onQuery={(query) => change({ query })} />
          </aside>
          <section ref={list} aria-label="List of signals" aria-busy={pages.isPending}>
            {pages.isPending && <Skeleton lines={14} label="Loading signals" />}
            {isSyntaxError && <QueryHelp />}
            {pages.error && !isSyntaxError && (
              <ErrorBox
                what="Could not load the signals"
                error={pages.error}
                onRetry={() => void pages.refetch()}
              />
            )}
            {pages.isSuccess &&
              signals.length === 0 &&
              (hasQuery ? <NoMatch onReset={() => change(DEFAULT_STATE)} /> : <GetDataIn />)}
            {signals.length > 0 && (
              <>
                <div className="list-status">
                  <span>
                    {count(signals.length)}
                    {pages.hasNextPage ? '+' : ''} {signals.length === 1 ? 'signal' : 'signals'}
                  </span>
                  {arrived > 0 && (
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => {
                        showNew();
                        window.scrollTo({ top: 0 });
                      }}
                    >
                      Show {count(arrived)} new
                    </button>
                  )}
                  <span className="muted" role="status">
                    {liveError ? 'Not up to date: the platform does not answer' : isLive ? 'Live' : ''}
                  </span>
                </div>
                <SignalsTable signals={signals} openId={openId} search={search} />
                {pages.hasNextPage && (
                  <button
                    type="button"
                    className="button load-more"
                    disabled={pages.isFetchingNextPage}
                    onClick={() => void pages.fetchNextPage()}
                  >
                    {pages.isFetchingNextPage ? 'Loading…' : 'Load more'}
                  </button>
                )}
              </>
            )}
          </section>
        </div>
      </div>
      {openId !== undefined && (
        <Suspense fallback={<div className="panel" aria-busy="true" />}>
          <SignalPanel key={openId} id={openId} onClose={close} />
        </Suspense>
      )}
    </main>
  );
}

function NoMatch({ onReset }: { onReset: () => void }) {
  return (
    <Empty title="No signal matches">
      <p>Nothing in this time fits the query.</p>
      <button type="button" className="button" onClick={onReset}>
        Clear query and time
      </button>
    </Empty>
  );
}

const links = (list: HTMLElement | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('a.row-link') ?? []),
];

function focusNeighbour(list: HTMLElement | null, by: 1 | -1): void {
  const all = links(list);
  const current = all.indexOf(document.activeElement as HTMLElement);
  const next = current < 0 ? all[by === 1 ? 0 : all.length - 1] : all[current + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** The panel is closed: the focus goes back to where it came from. */
function focusRow(list: HTMLElement | null, id: string): void {
  requestAnimationFrame(() =>
    links(list)
      .find((link) => link.getAttribute('href')?.includes(encodeURIComponent(id)))
      ?.focus(),
  );
}
