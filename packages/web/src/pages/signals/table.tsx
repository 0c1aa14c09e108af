import { memo } from 'react';
import { Link } from 'wouter';
import type { Signal } from '../../api/client.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { cutMiddle } from '../../lib/highlight.ts';
import { STATE_NAMES } from '../../lib/names.ts';
import { count } from '../../lib/time.ts';

interface TableProps {
  signals: readonly Signal[];
  openId: string | undefined;
  /** The list's state as a search, which stays in the URL of an open signal. */
  search: string;
}

export function SignalsTable({ signals, openId, search }: TableProps) {
  return (
    <table className="signals-table" aria-label="Signals">
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">Signal</th>
          <th scope="col" className="wide">
            Service
          </th>
          <th scope="col" className="wide">
            Env
          </th>
          <th scope="col" className="wide">
            Who
          </th>
          <th scope="col" className="number mid">
            Events
          </th>
          <th scope="col" className="number mid extra">
            First seen
          </th>
          <th scope="col" className="number">
            Last seen
          </th>
          <th scope="col" className="mid">
            State
          </th>
        </tr>
      </thead>
      <tbody>
        {signals.map((signal) => (
          <Row key={signal.id} signal={signal} isOpen={signal.id === openId} search={search} />
        ))}
      </tbody>
    </table>
  );
}

/** The row's link covers the row. */
const Row = memo(function Row({
  signal,
  isOpen,
  search,
}: {
  signal: Signal;
  isOpen: boolean;
  search: string;
}) {
  const who = signal.users[0] ?? signal.ips[0] ?? '';
  const others = signal.users.length + signal.ips.length - 1;
  return (
    <tr data-open={isOpen || undefined} data-state={signal.state}>
      <td>
        <SeverityMark severity={signal.severity} />
      </td>
      <td className="title-cell">
        <Link
          className="row-link"
          href={`/signals/${encodeURIComponent(signal.id)}${search}`}
          aria-current={isOpen || undefined}
          title={signal.title}
        >
          {signal.title}
        </Link>
        {signal.blocked && <span className="tag">blocked</span>}
        {signal.routes.length > 0 && <code className="route muted wide">{listed(signal.routes)}</code>}
        <span className="narrow muted">
          {[listed(signal.services), listed(signal.envs), who, listed(signal.routes)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </td>
      <td className="wide" title={signal.services.join(', ')}>
        {listed(signal.services)}
      </td>
      <td className="wide" title={signal.envs.join(', ')}>
        {listed(signal.envs)}
      </td>
      <td className="wide" title={[...signal.users, ...signal.ips].join(', ')}>
        {who !== '' && <code>{cutMiddle(who, 20)}</code>}
        {others > 0 && <span className="muted"> +{others}</span>}
      </td>
      <td className="number mid">{count(signal.events)}</td>
      <td className="number mid extra muted">
        <RelativeTime time={signal.firstSeen} />
      </td>
      <td className="number">
        <RelativeTime time={signal.lastSeen} />
      </td>
      <td className="mid muted">{STATE_NAMES[signal.state]}</td>
    </tr>
  );
});

/** The first, and how many more. */
const listed = ([first = '', ...others]: readonly string[]): string =>
  others.length > 0 ? `${first} +${others.length}` : first;
