import { Link } from 'wouter';
import type { Span, Trace } from '../../api/client.ts';
import { Value } from '../../components/copy.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { severityOf } from '../../lib/attacks.ts';
import { cutMiddle } from '../../lib/highlight.ts';
import { typeName } from '../../lib/names.ts';
import { count, duration, exactTime } from '../../lib/time.ts';
import type { Waterfall } from '../../lib/waterfall.ts';
import type { Pinned, PinnedEvent } from './page.tsx';
import { ServiceMark } from './service-mark.tsx';

interface HeaderProps {
  trace: Trace;
  waterfall: Waterfall;
  attacks: readonly Pinned[];
  events: readonly PinnedEvent[];
  onSelect: (index: number) => void;
}

/** Attacks that are named before the others are counted. */
const FIRST = 3;

export function TraceHeader({ trace, waterfall, attacks, events, onSelect }: HeaderProps) {
  const root = waterfall.nodes[0]!.span;
  const started = new Date(root.startTime / 1e6);
  const failed = waterfall.nodes.filter(({ span }) => span.error === 1);
  return (
    <header className="trace-header">
      <h1>{requestName(root)}</h1>
      <ul className="trace-facts" aria-label="Trace">
        <li>
          <span className="muted">Status</span> <strong>{statusOf(root)}</strong>
        </li>
        <li>
          <span className="muted">Duration</span> <strong>{duration(waterfall.duration)}</strong>
        </li>
        <li>
          <span className="muted">Spans</span> <strong>{count(waterfall.nodes.length)}</strong>
          {failed[0] && (
            <button type="button" className="link-button" onClick={() => onSelect(failed[0]!.index)}>
              {count(failed.length)} with errors
            </button>
          )}
        </li>
        <li className="trace-services">
          <span className="muted">Services</span>
          {waterfall.services.map(({ service }, index) => (
            <span key={service} className="service-name">
              {index > 0 && <span className="muted">→</span>}
              <ServiceMark service={service} />
              {service}
            </span>
          ))}
        </li>
        {root.env !== '' && (
          <li>
            <span className="muted">Env</span> {root.env}
          </li>
        )}
        <li title={exactTime(started.getTime())}>
          <span className="muted">Started</span> <RelativeTime time={started.toISOString()} />
        </li>
        <li>
          <span className="muted">Trace</span> <Value text={trace.id} name="the trace's id" limit={20} />
        </li>
        <li>
          <Link
            href={`/signals?${new URLSearchParams({ query: `@samples.content.custom.trace_id:${trace.id}` })}`}
          >
            Signals with this trace
          </Link>
        </li>
      </ul>
      {events.length > 0 && (
        <ul className="trace-attacks" aria-label="Business events">
          {events.slice(0, FIRST).map(({ node, event }) => (
            <li key={`${node.index} ${event.name}`}>
              <button type="button" className="link-button" onClick={() => onSelect(node.index)}>
                {typeName(event.name)}
              </button>
              {event.user !== '' && <code>{cutMiddle(event.user, 60)}</code>}
              <span className="muted">in {node.span.service}</span>
            </li>
          ))}
        </ul>
      )}
      {attacks.length > 0 && (
        <ul className="trace-attacks" aria-label="Attacks">
          {attacks.slice(0, FIRST).map(({ node, attack }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule may match twice, and the order never changes
            <li key={index}>
              <SeverityMark severity={severityOf(attack)} />
              <button type="button" className="link-button" onClick={() => onSelect(node.index)}>
                {attack.ruleName || typeName(attack.type)}
              </button>
              <span className="tag strong">{attack.blocked ? 'Blocked' : 'Not blocked'}</span>
              <span className="muted">in {node.span.service}</span>
            </li>
          ))}
          {attacks.length > FIRST && <li className="muted">and {count(attacks.length - FIRST)} more</li>}
        </ul>
      )}
    </header>
  );
}

/** Method and route, or the path where no route is known. */
export function requestName({ meta, name }: Span): string {
  const method = meta['http.request.method'] ?? meta['http.method'];
  const route = meta['http.route'] ?? meta['url.path'];
  return method !== undefined && route !== undefined ? `${method} ${route}` : name;
}

/** The answer's status code, or what became of a trace that is no request. */
export function statusOf({ meta, error }: Span): string {
  return meta['http.response.status_code'] ?? meta['http.status_code'] ?? (error === 1 ? 'error' : 'ok');
}
