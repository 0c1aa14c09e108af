import './trace.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { ApiError, api, SEVERITIES, type Trace } from '../../api/client.ts';
import { ErrorBox } from '../../components/error-box.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useTitle } from '../../components/title.ts';
import { type Attack, attacksOf, severityOf } from '../../lib/attacks.ts';
import { markServices } from '../../lib/service-marks.ts';
import { layOut, type Node } from '../../lib/waterfall.ts';
import { requestName, TraceHeader } from './header.tsx';
import { Markings } from './service-mark.tsx';
import { ServiceShares } from './service-shares.tsx';
import { SpanDetails } from './span-details.tsx';
import { Story } from './story.tsx';
import { WaterfallView } from './waterfall-view.tsx';

export default function TracePage({ id }: { id: string }) {
  const trace = useQuery({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => api.trace(id, signal),
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

function TraceView({ trace }: { trace: Trace }) {
  const waterfall = useMemo(() => layOut(trace.spans), [trace]);
  const attacks = useMemo(() => {
    const found = waterfall.nodes.flatMap((node) =>
      attacksOf(node.span).map((attack): Pinned => ({ node, attack })),
    );
    const rank = ({ attack }: Pinned) => SEVERITIES.indexOf(severityOf(attack));
    return found.sort((a, b) => rank(a) - rank(b));
  }, [waterfall]);
  const markings = useMemo(() => markServices(waterfall.services.map(({ service }) => service)), [waterfall]);
  const [selected, setSelected] = useState(() => attacks[0]?.node.index ?? 0);
  const node = waterfall.nodes[selected] ?? waterfall.nodes[0];
  const worst = attacks[0];
  if (!node) return null;
  return (
    <Markings value={markings}>
      <main id="main" className="trace">
        <TraceHeader trace={trace} waterfall={waterfall} attacks={attacks} onSelect={setSelected} />
        {trace.truncated && (
          <p className="trace-note">
            Only the first {trace.spans.length.toLocaleString('en-US')} spans are shown.
          </p>
        )}
        {worst && <Story span={worst.node.span} attack={worst.attack} />}
        <div className="trace-body">
          <div className="trace-left">
            <ServiceShares shares={waterfall.services} />
            <WaterfallView
              waterfall={waterfall}
              attacks={attacks}
              selected={node.index}
              onSelect={setSelected}
            />
          </div>
          <SpanDetails
            node={node}
            attacks={attacks.filter((pinned) => pinned.node === node).map(({ attack }) => attack)}
          />
        </div>
        <p className="trace-note">
          <Link href="/signals">Back to the signals</Link>
        </p>
      </main>
    </Markings>
  );
}
