import { useState } from 'react';
import { Link } from 'wouter';
import type { SecurityEvent } from '../../api/client.ts';
import { MatchedValue } from '../../components/attack-card.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { attackOf } from '../../lib/attacks.ts';
import { cutMiddle } from '../../lib/highlight.ts';
import { typeName } from '../../lib/names.ts';

const FIRST = 3;

/** Attacks behind a signal, newest first, each with what matched and the way to its trace. */
export function Samples({ events }: { events: readonly SecurityEvent[] }) {
  const [showsAll, setShowsAll] = useState(false);
  if (events.length === 0) return <p className="muted">The events are no longer stored.</p>;
  const shown = showsAll ? events : events.slice(0, FIRST);
  return (
    <>
      <ol className="samples" aria-label="Sample attacks">
        {shown.map((event) => (
          <Sample key={event.event_id} event={event} />
        ))}
      </ol>
      {events.length > shown.length && (
        <button type="button" className="link-button" onClick={() => setShowsAll(true)}>
          Show {events.length - shown.length} more
        </button>
      )}
    </>
  );
}

function Sample({ event }: { event: SecurityEvent }) {
  const attack = attackOf(event);
  const request = [event.method, event.path].filter(Boolean).join(' ');
  return (
    <li>
      <div className="sample-head">
        <span className="sample-what">{event.rule_name || typeName(event.type)}</span>
        {event.blocked && <span className="tag strong">Blocked</span>}
        <Link href={`/traces/${event.trace_id}`} aria-label={`Open trace ${event.trace_id.slice(0, 8)}`}>
          Open trace
        </Link>
      </div>
      <div className="sample-facts muted">
        <RelativeTime time={event.timestamp} />
        <span>{event.service}</span>
        {request !== '' && <code title={request}>{cutMiddle(request, 50)}</code>}
        {event.status_code > 0 && <span>→ {event.status_code}</span>}
        {event.client_ip !== '' && <code>{event.client_ip}</code>}
        {event.user_login !== '' && <code>{cutMiddle(event.user_login, 40)}</code>}
      </div>
      {attack.input && <MatchedValue place={attack.input} marks={attack.highlight} />}
    </li>
  );
}
