import './trace.css';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { ApiError, api, SEVERITIES, type Span, type Trace } from '../../api/client.ts';
import { ErrorBox } from '../../components/error-box.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useTitle } from '../../components/title.ts';
import { type Attack, attacksOf, severityOf } from '../../lib/attacks.ts';
import { type BusinessEvent, businessEventsOf } from '../../lib/business-events.ts';
import { markServices } from '../../lib/service-marks.ts';
import { layOut, type Node } from '../../lib/waterfall.ts';
import { requestName, TraceHeader } from './header.tsx';
import { Markings } from './service-mark.tsx';
import { ServiceShares } from './service-shares.tsx';
import { SpanDetails } from './span-details.tsx';
import { Story } from './story.tsx';
import { WaterfallView } from './waterfall-view.tsx';

/** Milliseconds in which all services have sent their spans, and between two looks until then. */
const COMPLETE = 15_000;
const REFRESH = 3_000;

function isGrowing(trace: Trace | undefined): boolean {
  const last = trace?.spans.at(-1);
  return last !== undefined && Math.abs(Date.now() - (last.startTime + last.duration) / 1e6) < COMPLETE;
}

export default function TracePage({ id }: { id: string }) {
  const trace = useQuery({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => api.trace(id, signal),
    refetchInterval: ({ state }) => (isGrowing(state.data) ? REFRESH : false),
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });
  useTitle(trace.data?.spans[0] ? requestName(trace.data.spans[0]) : 'Trace');
  const isMissing = trace.error instanceof ApiError && trace.error.status === 404;
  if (trace.data) return <TraceView trace={trace.data} />;
  return (
    <main id="main" className="trace">
      {trace.isPending && <Skeleton lines={12} label="Loading the trace" />}
      {trace.error && (
        <>
          <h1 className="visually-hidden">Trace</h1>
          <ErrorBox
            what={isMissing ? 'There is no such trace' : 'Could not load the trace'}
            error={
              isMissing
                ? new Error('Its last spans may still be on their way, or it is older than spans are kept.')
                : trace.error
            }
            onRetry={() => void trace.refetch()}
          />
        </>
      )}
    </main>
  );
}

/** An attack and the span that carries it. */
export interface Pinned {
  node: Node;
  attack: Attack;
}

/** A business-logic event and the span that carries it. */
export interface PinnedEvent {
  node: Node;
  event: BusinessEvent;
}

function TraceView({ trace }: { trace: Trace }) {
  const waterfall = useMemo(() => layOut(trace.spans), [trace]);
  const attacks = useMemo(() => {
    const found = waterfall.nodes.flatMap((node) =>
      attacksOf(node.span).map((attack): Pinned => ({ node, attack })),
    );
    const rank = ({ attack }: Pinned) => SEVERITIES.indexOf(severityOf(attack));
    return found.sort((a, b) => rank(a) - rank(b));
  }, [waterfall]);
  const events = useMemo(
    () =>
      waterfall.nodes.flatMap((node) =>
        businessEventsOf(node.span).map((event): PinnedEvent => ({ node, event })),
      ),
    [waterfall],
  );
  const markings = useMemo(() => markServices(waterfall.services.map(({ service }) => service)), [waterfall]);
  // By its span, because places change while the trace grows.
  const [selected, setSelected] = useState<string>();
  const chosen = waterfall.nodes.find(({ span }) => keyOf(span) === selected);
  const node = chosen ?? (attacks[0] ?? events[0])?.node ?? waterfall.nodes[0];
  const select = useCallback(
    (index: number) => setSelected(waterfall.nodes[index] && keyOf(waterfall.nodes[index].span)),
    [waterfall],
  );
  const worst = attacks[0];
  if (!node) return null;
  return (
    <Markings value={markings}>
      <main id="main" className="trace">
        <TraceHeader
          events={events}
          trace={trace}
          waterfall={waterfall}
          attacks={attacks}
          onSelect={select}
        />
        {trace.truncated && (
          <p className="trace-note">
            Only the first {trace.spans.length.toLocaleString('en-US')} spans are shown.
          </p>
        )}
        {worst && <Story span={worst.node.span} attack={worst.attack} />}
        <div className="trace-body">
          <div className="trace-left">
            <ServiceShares shares={waterfall.services} />
            <WaterfallView waterfall={waterfall} attacks={attacks} selected={node.index} onSelect={select} />
          </div>
          <SpanDetails
            node={node}
            attacks={attacks.filter((pinned) => pinned.node === node).map(({ attack }) => attack)}
          />
        </div>
      </main>
    </Markings>
  );
}

/** Client and server may share an id. */
const keyOf = ({ spanIDHex, kind }: Span): string => `${spanIDHex} ${kind}`;
